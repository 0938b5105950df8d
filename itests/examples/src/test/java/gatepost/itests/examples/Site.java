package gatepost.itests.examples;

import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The application of {@code examples/browser}: its pages and the session of its user, served to the browser. */
final class Site {

    /** npm's, as the harness has installed it. */
    static final Path STOMPJS =
            Suite.ROOT.resolve("itests/harness/node_modules/@stomp/stompjs/bundles/stomp.umd.min.js");

    private static final Path FOLDER = Suite.EXAMPLES.resolve("browser");

    private Site() {}

    /** Serves everything to whoever is signed in, here always the same user. */
    static void serve(String user) {
        Suite.browser().serve("/stomp.umd.min.js", read(STOMPJS));
        for (String file : new String[] {"inbox.js", "share.js", "messages.js", "index.html", "tabs.html"}) {
            Suite.browser().serve("/" + file, read(FOLDER.resolve(file)));
        }
        serveSession(user, Duration.ofHours(1));
    }

    static void serveSession(String user, Duration lasting) {
        Suite.browser()
                .serve(
                        "/session.json",
                        "{\"url\":\"ws://localhost:" + Suite.gatepost().wsPort() + "/stomp\",\"user\":\"" + user
                                + "\",\"token\":\"" + Token.of(user, lasting) + "\"}");
    }

    /** Waits until the page shows these messages and no other. */
    static void awaitMessages(Page page, String... texts) {
        page.until("Array.from(document.querySelectorAll('#messages li'), item => item.textContent).join('|') === '"
                + String.join("|", texts) + "'");
    }

    /** Waits until the page says that so many are unread, also in its title. */
    static void awaitUnread(Page page, int count) {
        page.until("document.getElementById('unread').textContent === '" + (count == 0 ? "" : count + " unread") + "'");
        page.until("document.querySelectorAll('#messages button').length === " + count);
        page.until("(document.title.match(/^.(\\d+)./)?.[1] ?? '0') === '" + count + "'");
    }

    /** The application does not answer any more: who loses the connection stays away. */
    static void serveNoSession() {
        Suite.browser().serve("/session.json", "the application is away");
    }

    static void awaitConnected(Page page) {
        page.until("document.getElementById('state').textContent === 'connected'");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
