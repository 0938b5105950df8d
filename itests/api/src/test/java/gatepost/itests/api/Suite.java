package gatepost.itests.api;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution for all tests, as it ships but for these: it takes tokens, there are users of whom no other test knows, and there is one
 * who may publish and is not trusted. Tests may kill and restart it, and take back what they configure.
 */
public final class Suite implements BeforeAllCallback {

    static final String BROKER = "gatepost.broker.cfg";
    static final String INBOX = "gatepost.inbox.cfg";
    static final String USERS = "gatepost.users.properties";
    static final String WS = "gatepost.connector-ws.cfg";

    /** Two in the users file, whose passwords are their names. */
    static final String OWNER = "owner";

    static final String OTHER = "other";

    /** Names that are something else to a path, to a query or to a shell; those with a slash can only be read by administrators. */
    static final String[] ODD_NAMES = {
        "a.b.c", "a/b", "a%2Fb", "100%", "..", "../x", "a#b", "a+b", "a;b", "grün-ß", "名前", "a&b=c", "😀", "messages"
    };

    private static final AtomicInteger LAST = new AtomicInteger();
    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    /** @return a user with tokens, of whom no other test knows, and Gatepost not before they sign in: nothing is sent to them with all */
    static String user() {
        return "user" + LAST.incrementAndGet();
    }

    /** @return the audit log's text */
    static String audit() {
        return read("data/log/audit.log");
    }

    static String read(String file) {
        try {
            return Files.readString(gatepost().home().resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();

        Running() {
            gatepost.write("keys/app.secret", Token.SECRET);
            gatepost.configure(
                    "gatepost.authentication.cfg",
                    Map.of(
                            "token.keys", "HS256:etc/keys/app.secret",
                            "token.clock.skew", "0",
                            // attacks come from this very machine, and must all be looked at
                            "throttle.address.failures", "1000000",
                            "throttle.user.failures", "1000000"));
            gatepost.configure(
                    "gatepost.authorization.cfg",
                    Map.of("entry.writers", "queue://user.> write=writers admin=writers"));
            Map<String, String> accounts = new TreeMap<>();
            accounts.put(OWNER, OWNER + ",_g_:users");
            accounts.put(OTHER, OTHER + ",_g_:users");
            accounts.put("chief", "chief-it,_g_:admins");
            accounts.put("shop", "shop-it,_g_:publishers");
            accounts.put("writer", "writer,_g_:writers");
            gatepost.configure(USERS, accounts);
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
