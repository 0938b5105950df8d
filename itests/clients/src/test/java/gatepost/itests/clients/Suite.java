package gatepost.itests.clients;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.library.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution and one browser for all tests that leave the configuration as it was; tests may kill and restart it. After each
 * class nothing waits in the queues that everybody uses. It lets clients ask for heart-beats as short as a test can wait for.
 */
public final class Suite implements BeforeAllCallback, AfterAllCallback {

    private static final List<String> SHARED = List.of("/queue/user.alice", "/queue/user.bob", "/queue/app.inbox");

    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    static Browser browser() {
        return running.browser;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        SHARED.forEach(queue -> Queues.drain(gatepost(), queue));
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Browser browser;

        Running() {
            gatepost.configure(
                    "gatepost.connector-stomp.cfg", Map.of("heartbeat.send", "300", "heartbeat.receive", "300"));
            gatepost.configure(
                    "gatepost.connector-ws.cfg", Map.of("heartbeat.send", "400", "heartbeat.receive", "400"));
            try {
                gatepost.start();
                browser = Browser.start();
            } catch (AssertionError | RuntimeException e) {
                gatepost.close();
                throw e;
            }
        }

        @Override
        public void close() {
            browser.close();
            gatepost.close();
        }
    }
}
