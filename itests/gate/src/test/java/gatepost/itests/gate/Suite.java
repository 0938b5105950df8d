package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution for the tables and all tests that leave it as it was: the shipped map, with a few entries more for what that
 * does not speak of. After each class nothing waits for the users who ship.
 */
public final class Suite implements BeforeAllCallback, AfterAllCallback {

    static final String MAP = "gatepost.authorization.cfg";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static volatile Running running;

    /** @return the running distribution */
    static Gatepost gatepost() {
        return running.gatepost;
    }

    /** @return the keys whose tokens it accepts */
    static Keys keys() {
        return running.keys;
    }

    /** @return one who may do everything */
    static Keeper keeper() {
        return running.keeper();
    }

    /** To be said by a test that cut all connections: the next one gets another keeper. */
    static void keeperIsCut() {
        running.keeper.close();
    }

    /** @return the account of a user of the tables */
    static Account account(String user) {
        return switch (user) {
            case "system" -> new Account(user, "manager");
            case "alice", "bob", "app" -> new Account(user, user);
            case "guest", "keeper" -> new Account(user, Account.PASSWORD);
            case "carol" -> token(Token.of(user, "users"), Keys.Algorithm.HS256);
            case "Alice" -> token(Token.of(user, "users"), Keys.Algorithm.RS256);
            case "dan@example.com" -> token(Token.of(user, "users"), Keys.Algorithm.ES256);
            case "dan", "a", "a.b" -> token(Token.of(user, "users"), Keys.Algorithm.EdDSA);
            // their application says more than it may, or too little
            case "boss" -> token(Token.of(user, "users", "admins", "gatepost-welcome"), Keys.Algorithm.HS256);
            case "nobody" -> token(Token.of(user), Keys.Algorithm.HS256);
            default -> throw new IllegalArgumentException("a table speaks of the unknown user " + user);
        };
    }

    /** @return a name that no other test uses */
    static String name() {
        return "it" + NAMES.incrementAndGet();
    }

    /** @return the audit log's text */
    static String audit() {
        return read(gatepost().home().resolve("data/log/audit.log"));
    }

    /** @return the text of the map's file */
    static String map() {
        return read(gatepost().etc(MAP));
    }

    /** Replaces the map's file and waits until the new one is in force. */
    static void map(String text) {
        String line = gatepost()
                .awaitLog(
                        "(etc/" + MAP + " is in force|refused, .*" + MAP + ")",
                        () -> gatepost().write(MAP, text));
        assertTrue(line.contains("is in force"), line);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List.of("/queue/user.alice", "/queue/user.bob").forEach(queue -> Queues.drain(gatepost(), queue));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Account token(Token token, Keys.Algorithm algorithm) {
        // an empty login would do as well, but ruby-stomp sends no passcode then
        return new Account((String) token.claims().get("sub"), token.signed(keys(), algorithm));
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Keys keys = new Keys();
        private final Set<String> seen = new HashSet<>();
        private Keeper keeper;

        Running() {
            keys.install(gatepost);
            // attacks come from this very machine, and must all be looked at
            gatepost.configure(
                    "gatepost.authentication.cfg",
                    Map.of("throttle.address.failures", "1000000", "throttle.user.failures", "1000000"));
            gatepost.configure("gatepost.broker.cfg", Map.of("connections.per.user", "0", "advisories", "true"));
            gatepost.configure(
                    MAP,
                    Map.of(
                            "entry.board", "queue://board.> read=users write=users admin=admins",
                            "entry.drawer", "queue://drawer.{user} read=users admin=users",
                            "entry.chat", "topic://chat.> read=users write=users admin=users",
                            "entry.news", "topic://news.> read=* admin=admins"));
            gatepost.configure("gatepost.users.properties", Users.ALL);
            gatepost.start();
            keeper = new Keeper(gatepost, seen);
        }

        /** One test's failure is not the next one's. */
        private Keeper keeper() {
            if (keeper.broken()) {
                keeper.close();
                keeper = new Keeper(gatepost, seen);
            }
            return keeper;
        }

        @Override
        public void close() {
            keeper.close();
            gatepost.close();
        }
    }
}
