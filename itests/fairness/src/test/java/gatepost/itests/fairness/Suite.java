package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Heap;
import gatepost.itests.harness.Shared;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution for all tests of this module, and a bystander whom no test may harm. */
public final class Suite implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    private static final int ATTACKERS = 500;
    /** What a session, a queue and Java's own caches may leave; far below what an attack takes. */
    private static final long SLACK = 16 << 20;

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static volatile Running running;

    /** @return the running distribution */
    static Gatepost gatepost() {
        return running.gatepost;
    }

    /** @return the name of a user in the group users, which is the password as well; no other test uses it */
    static String attacker() {
        return "mallory-" + NAMES.incrementAndGet();
    }

    /** @return a queue that only this user reads, where they refuse messages to the dead letters */
    static String desk(String user) {
        return "/queue/desk." + user;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        running.heap = Heap.live(running.gatepost);
        running.bystander.forget();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running.bystander.assertUnharmed();
        Awaitility.await("the heap is what it was").untilAsserted(() -> {
            long now = Heap.live(running.gatepost);
            assertTrue(now < running.heap + SLACK, "the heap has " + now + " bytes, and had " + running.heap);
        });
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Bystander bystander;
        private long heap;

        Running() {
            Map<String, String> users = new TreeMap<>();
            for (int i = 1; i <= ATTACKERS; i++) {
                users.put("mallory-" + i, "mallory-" + i + ",users");
            }
            gatepost.configure("gatepost.users.properties", users);
            gatepost.configure(
                    "gatepost.authorization.cfg", Map.of("entry.desk", "queue://desk.{user} read=users admin=users"));
            try {
                bystander = Bystander.watch(gatepost.start());
            } catch (AssertionError | RuntimeException e) {
                gatepost.close();
                throw e;
            }
        }

        @Override
        public void close() {
            bystander.close();
            gatepost.close();
        }
    }
}
