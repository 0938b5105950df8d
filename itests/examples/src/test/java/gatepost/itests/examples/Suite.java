package gatepost.itests.examples;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.Browser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution and one browser for all examples; it accepts the tokens of {@link Token}, and has the entries that the examples need. */
public final class Suite implements BeforeAllCallback {

    /** Seen from the module's folder, in which Maven runs its tests. */
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    static final Path EXAMPLES = ROOT.resolve("examples");

    /** npm's, as the harness has installed it. */
    static final Path TURBO = ROOT.resolve("itests/harness/node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js");

    private static volatile Running running;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    static Browser browser() {
        return running.browser;
    }

    /** @return the variables of the environment that every example reads */
    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("GATEPOST_PORT", "" + gatepost().stompPort());
        environment.put("GATEPOST_LOGIN", "system");
        environment.put("GATEPOST_PASSCODE", "manager");
        return environment;
    }

    /** @return where Gatepost's HTTP begins */
    static String http() {
        return "http://localhost:" + gatepost().wsPort() + "/gatepost";
    }

    /** @return where calls over HTTP go, and as whom */
    static String url(String login, String passcode) {
        return "http://" + login + ":" + passcode + "@localhost:" + gatepost().wsPort();
    }

    /** Publishes with the example that is least likely to be at fault. */
    static void publish(String user, String text) {
        Command.run(EXAMPLES.resolve("python"), environment(), "/usr/bin/python3", "notify.py", user, text);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Browser browser;

        Running() {
            gatepost.write("keys/app.secret", Token.SECRET);
            gatepost.configure(
                    "gatepost.authentication.cfg",
                    Map.of(
                            "token.keys", "HS256:etc/keys/app.secret",
                            "token.groups", "users, staff"));
            gatepost.configure(
                    "gatepost.authorization.cfg",
                    Map.of(
                            "entry.colleagues",
                            "topic://gatepost.presence.>  read=users",
                            "entry.staff-users",
                            "queue://user.*  write=staff",
                            "entry.staff-project",
                            "queue://audience.project-7  write=staff  admin=staff",
                            "entry.staff-everyone",
                            "queue://everyone  write=staff"));
            gatepost.configure("gatepost.presence.cfg", Map.of("presence.grace", "1"));
            gatepost.start();
            browser = Browser.start();
        }

        @Override
        public void close() {
            browser.close();
            gatepost.close();
        }
    }
}
