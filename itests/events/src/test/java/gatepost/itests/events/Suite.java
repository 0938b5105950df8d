package gatepost.itests.events;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution for all, which accepts the tokens of {@link Token}. Nobody waits for the grace of presence. */
public final class Suite implements BeforeAllCallback {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    static String file(String webhook) {
        return "gatepost.webhook-" + webhook + ".cfg";
    }

    /** Adds a webhook and waits until it is told what happens. */
    static void webhook(Gatepost gatepost, String name, Receiver receiver, String events, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(
                Map.of("url", receiver.url() + "?key=not-to-be-logged", "secret", SECRET, "events", events));
        values.putAll(more);
        gatepost.apply(file(name), values);
        Awaitility.await("it is known what is pending for " + name)
                .until(
                        () -> gatepost.shell("gatepost:webhook-list --no-format"),
                        list -> list.lines().anyMatch(line -> line.contains(name) && line.contains("ok")));
    }

    static void remove(Gatepost gatepost, String name) {
        try {
            Files.deleteIfExists(gatepost.etc(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await(name + " is gone")
                .until(() ->
                        !gatepost.shell("gatepost:webhook-list --no-format").contains(name));
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
                    Map.of("token.keys", "HS256:etc/keys/app.secret", "token.groups", "users"));
            gatepost.configure("gatepost.presence.cfg", Map.of("presence.grace", "0"));
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
