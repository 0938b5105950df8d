package gatepost.itests.inbox;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution for all tests, in which users' queues are inboxes whether it ships so or not, and leave the memory as soon as nobody
 * has used them for half a second. Tests may kill and restart it, and take back what they configure; each has users of its own
 * ({@link Owner}).
 */
public final class Suite implements BeforeAllCallback {

    /** The file that says which queues are inboxes, and what they keep. */
    static final String INBOX = "gatepost.inbox.cfg";

    /** What it says between two tests. */
    static final Map<String, String> USUAL = Map.of("inbox.user", "queue://user.{user}", "history.messages", "100");

    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();

        Running() {
            gatepost.configure(INBOX, USUAL);
            gatepost.configure("gatepost.broker.cfg", Map.of("queue.unload", "500"));
            // whoever is taken for on line has an inbox
            gatepost.configure("gatepost.presence.cfg", Map.of("presence.grace", "0"));
            Map<String, String> accounts = new TreeMap<>();
            Owner.names().forEach(name -> accounts.put(name, name + ",_g_:users"));
            gatepost.configure("gatepost.users.properties", accounts);
            try {
                gatepost.start();
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
