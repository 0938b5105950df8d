package gatepost.itests.routes;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution for all tests of this module, in which routes write to {@code flow} and {@code carol} as well. */
public final class Suite implements BeforeAllCallback {

    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    /** @return the port on which routes take requests over HTTP */
    static int httpPort() {
        return running.httpPort;
    }

    /** @return the text of the map that ships */
    static String shippedMap() {
        return running.shippedMap;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final int httpPort = Ports.free();
        private final String shippedMap;

        Running() {
            try {
                shippedMap = Files.readString(gatepost.etc(RoutesTest.MAP));
                gatepost.configure("gatepost.routes.cfg", Map.of("http.port", "" + httpPort));
                gatepost.configure(
                        "gatepost.users.properties", Map.of("flow", "flow,_g_:users", "carol", "carol,_g_:users"));
                gatepost.start();
            } catch (IOException e) {
                gatepost.close();
                throw new UncheckedIOException(e);
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
