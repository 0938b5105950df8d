package gatepost.itests.javascript;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Shared;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One distribution, one application and one browser for all tests of this module. */
public final class Suite implements BeforeAllCallback {

    private static volatile Running running;
    private static int lastUser;

    static Gatepost gatepost() {
        return running.gatepost;
    }

    static Browser browser() {
        return running.browser;
    }

    static Site site() {
        return running.site;
    }

    /** @return a name that no other test has */
    static synchronized String user() {
        return "js-" + ++lastUser;
    }

    /** Opens the page of the tests in a browser of its own. */
    static Page open(String user) {
        return browser().open(site().page("page.html", user));
    }

    static Page openBeside(Page page, String user) {
        return browser().openBeside(page, site().page("page.html", user));
    }

    static void publish(String user, String... texts) {
        try (StompClient application = Transport.TCP.client(gatepost())) {
            application.connect("system", "manager");
            for (String text : texts) {
                application.done(ClientFrame.send("/queue/user." + user, text));
            }
        }
    }

    /** Waits until the page was given these messages, once each, and no other. */
    static void awaitGot(Page page, String... texts) {
        page.until("got.join('|') === '" + String.join("|", texts) + "'");
    }

    static void awaitConnected(Page page) {
        page.until("window.inbox?.connected");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Shared.of(context, Running.class, Running::new);
    }

    private static final class Running implements AutoCloseable {

        private final Gatepost gatepost = Gatepost.unpack();
        private final Browser browser;
        private final Site site;

        Running() {
            gatepost.write("keys/app.secret", Token.SECRET);
            gatepost.configure("gatepost.authentication.cfg", Map.of("token.keys", "HS256:etc/keys/app.secret"));
            gatepost.start();
            site = new Site(gatepost.wsPort());
            browser = Browser.start();
        }

        @Override
        public void close() {
            browser.close();
            site.close();
            gatepost.close();
        }
    }
}
