package gatepost.itests.ruby;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.GemHome;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One distribution and one installed gem for all tests; Gatepost takes tokens of each kind of key. Tests may kill and restart it, and take
 * back what they configure.
 */
public final class Suite implements BeforeAllCallback {

    /** The ways to sign tokens, each with what makes its key. */
    static final Map<String, String[]> KEYS = Map.of(
            "EdDSA", new String[] {"-algorithm", "ed25519"},
            "ES256", new String[] {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"},
            "RS256", new String[] {"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"});

    private static final AtomicInteger LAST = new AtomicInteger();
    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    static GemHome gems() {
        return running.gems;
    }

    /** @return a user of whom no other test knows */
    static String user() {
        return "ruby" + LAST.incrementAndGet();
    }

    /** @return a new map with what leads an application to the gem, to Gatepost, and to the secret of tokens */
    static Map<String, String> environment() {
        Map<String, String> environment = gems().environment();
        environment.put("GATEPOST_URL", url("system", "manager"));
        environment.put("GATEPOST_SIGNING_SECRET", Token.SECRET);
        return environment;
    }

    static String url(String user, String password) {
        return "http://" + user + ":" + password + "@127.0.0.1:" + gatepost().wsPort();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final GemHome gems = new GemHome();
        private final Gatepost gatepost = Gatepost.unpack();

        Running() {
            gatepost.write("keys/app.secret", Token.SECRET);
            StringBuilder keys = new StringBuilder("HS256:etc/keys/app.secret");
            KEYS.forEach((algorithm, how) -> {
                String[] make = new String[how.length + 4];
                System.arraycopy(new String[] {"openssl", "genpkey"}, 0, make, 0, 2);
                System.arraycopy(how, 0, make, 2, how.length);
                make[how.length + 2] = "-out";
                make[how.length + 3] = algorithm + ".key";
                Command.run(gems.folder(), Map.of(), make);
                gatepost.write(
                        "keys/" + algorithm + ".pem",
                        Command.run(gems.folder(), Map.of(), "openssl", "pkey", "-pubout", "-in", algorithm + ".key"));
                keys.append(", ")
                        .append(algorithm)
                        .append(":etc/keys/")
                        .append(algorithm)
                        .append(".pem");
            });
            gatepost.configure("gatepost.authentication.cfg", Map.of("token.keys", keys.toString()));
            gatepost.configure("gatepost.presence.cfg", Map.of("presence.grace", "1"));
            gatepost.start();
        }

        @Override
        public void close() {
            gatepost.close();
            gems.close();
        }
    }
}
