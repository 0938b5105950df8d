package gatepost.itests.protocol;

import gatepost.itests.harness.Gatepost;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution for all tests of this module, with two clients that are connected all along: whatever another client does,
 * they notice nothing.
 */
public final class Suite implements BeforeAllCallback, AfterEachCallback {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static volatile Running running;

    /** @return the running distribution */
    static Gatepost gatepost() {
        return running.gatepost;
    }

    /** @return a name that no other test uses, for a queue or a connector */
    static String name() {
        return "it" + NAMES.incrementAndGet();
    }

    /** The clients that are connected all along still get their messages. */
    static void bystandersWork() {
        running.bystanders.work();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot().getStore(ExtensionContext.Namespace.create(Suite.class))
                .getOrComputeIfAbsent(Running.class, any -> new Running(), Running.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        bystandersWork();
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Bystanders bystanders;

        Running() {
            // everything here comes from one user at one address
            gatepost.configure("gatepost.broker.cfg", Map.of("connections.per.user", "0"));
            gatepost.configure("gatepost.authentication.cfg",
                    Map.of("throttle.address.failures", "1000000", "throttle.user.failures", "1000000"));
            try {
                bystanders = new Bystanders(gatepost.start());
            } catch (AssertionError | RuntimeException e) {
                gatepost.close();
                throw e;
            }
        }

        @Override
        public void close() {
            bystanders.close();
            gatepost.close();
        }
    }
}
