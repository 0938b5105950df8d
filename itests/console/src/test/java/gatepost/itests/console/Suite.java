package gatepost.itests.console;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution, as it ships, with its welcome and one user more, for all tests of this module. */
public final class Suite implements BeforeAllCallback {

    /** Name and password of somebody who may see and change nothing. */
    static final String VIEWER = "look";

    private static volatile Running running;

    /** @return the running distribution */
    static Gatepost gatepost() {
        return running.gatepost;
    }

    /** @return its web server, as no browser sees it */
    static Web web() {
        return new Web(gatepost().httpPort());
    }

    /** Waits until the web server of a distribution serves the console, which it does some moments after its connectors listen. */
    static void awaitConsole(Gatepost gatepost) {
        Web web = new Web(gatepost.httpPort());
        Awaitility.await("the console answers")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> web.get("/session").statusCode() == 200);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();

        Running() {
            gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "true"));
            gatepost.configure("gatepost.users.properties", Map.of("dora", "secret,_g_:users"));
            try {
                gatepost.start();
                // the first start has made the administrator, as there was nobody
                gatepost.configure("users.properties", Map.of(VIEWER, VIEWER + ",viewer,ssh"));
                awaitConsole(gatepost);
            } catch (AssertionError | RuntimeException e) {
                gatepost.close();
                throw e;
            }
        }

        @Override
        public void close() {
            gatepost.close();
        }
    }
}
