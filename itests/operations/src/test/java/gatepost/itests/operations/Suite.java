package gatepost.itests.operations;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution for all tests that leave it as it was. */
public final class Suite implements BeforeAllCallback {

    /** Users {@code crowd-1} and so on, each with the name as password; and a few of the name {@code reader-11} and so on. */
    static final int CROWD = 1000;

    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    static Web web() {
        return new Web(running.gatepost);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();

        Running() {
            Map<String, String> users = new TreeMap<>();
            for (int i = 1; i <= CROWD; i++) {
                users.put("crowd-" + i, "crowd-" + i + ",users");
            }
            for (int i = 11; i <= 14; i++) {
                users.put("reader-" + i, "reader-" + i + ",users");
            }
            gatepost.configure("gatepost.users.properties", users);
            gatepost.start();
            // the web server may open after the connectors
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> new Web(gatepost).get("/health/ready").statusCode() == 200);
        }

        @Override
        public void close() {
            gatepost.close();
        }
    }
}
