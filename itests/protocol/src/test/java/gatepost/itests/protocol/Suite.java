package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Heap;
import gatepost.itests.harness.Shared;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution for all tests of this module, with clients that are connected all along: whatever another client does, two of them
 * get their messages after each test, one never waited for an answer for a second in any of a class, and the heap is what it was.
 */
public final class Suite implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** What sessions, queues and Java's own caches may leave. */
    private static final long SLACK = 24 << 20;

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
        running = Shared.of(context, Running.class, Running::new);
        running.heap = Heap.live(running.gatepost);
        running.bystander.forget();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        bystandersWork();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running.bystander.assertUnharmed();
        Awaitility.await("the heap is what it was").untilAsserted(() -> {
            long now = Heap.live(running.gatepost);
            assertTrue(now < running.heap + SLACK, "the heap has " + now + " bytes, and had " + running.heap);
        });
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Bystanders bystanders;
        private final Bystander bystander;
        private long heap;

        Running() {
            // everything here comes from one user at one address
            gatepost.configure("gatepost.broker.cfg", Map.of("connections.per.user", "0"));
            gatepost.configure(
                    "gatepost.authentication.cfg",
                    Map.of("throttle.address.failures", "1000000", "throttle.user.failures", "1000000"));
            try {
                bystanders = new Bystanders(gatepost.start());
                bystander = Bystander.watch(gatepost);
            } catch (AssertionError | RuntimeException e) {
                gatepost.close();
                throw e;
            }
        }

        @Override
        public void close() {
            bystander.close();
            bystanders.close();
            gatepost.close();
        }
    }
}
