package gatepost.itests.welcome;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.Token;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution with its welcome, which accepts the tokens of {@link Token}. alice and bob, who ship, have not signed in before
 * {@link WelcomeIT}; tina is for {@link TalkIT}.
 */
public final class Suite implements BeforeAllCallback {

    static final String CFG = "gatepost.welcome.cfg";
    static final String USERS = "gatepost.users.properties";

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
            gatepost.configure(CFG, Map.of("enabled", "true"));
            gatepost.write("keys/app.secret", Token.SECRET);
            gatepost.configure("gatepost.authentication.cfg", Map.of("token.keys", "HS256:etc/keys/app.secret"));
            gatepost.configure(USERS, Map.of("tina", "tina,_g_:users"));
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
