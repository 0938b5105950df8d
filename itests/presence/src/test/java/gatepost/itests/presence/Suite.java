package gatepost.itests.presence;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.Token;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution for all, which accepts the tokens of {@link Token} and lets {@code support} see everybody. Nobody waits for a grace. */
public final class Suite implements BeforeAllCallback {

    static final String CFG = "gatepost.presence.cfg";

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
            gatepost.write("keys/app.secret", Token.SECRET);
            gatepost.configure(
                    "gatepost.authentication.cfg",
                    Map.of("token.keys", "HS256:etc/keys/app.secret", "token.groups", "users,support"));
            gatepost.configure(
                    "gatepost.authorization.cfg",
                    Map.of("entry.support", "topic://gatepost.presence.> read=support write=support admin=support"));
            gatepost.configure(CFG, Map.of("presence.grace", "0"));
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
