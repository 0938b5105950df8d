package gatepost.itests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tests of both pages have in common. */
final class ConsolePage {

    /** Where a person can look at the pages. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots");

    static final int DESKTOP = 1280;
    static final int PHONE = 390;
    static final int TABLET = 768;
    /** The narrowest that a page has to fit into (WCAG 2.2, 1.4.10). */
    static final int NARROW = 320;

    private static final Pattern PASSWORD = Pattern.compile("(?m)^admin = (\\w+),");

    private ConsolePage() {}

    static Page open(Browser browser, String path) {
        return browser.open("http://localhost:" + Suite.gatepost().httpPort() + path);
    }

    /** Goes to a page of the console, as a link does. */
    static void go(Page page, String hash) {
        page.evaluate("location.hash = '" + hash + "'");
        page.until("document.getElementById('view').dataset.page == '" + hash
                + "' && !document.getElementById('view').hasAttribute('aria-busy')");
    }

    /** @return the password of the shell's administrator, which the first start has made */
    static String password() {
        try {
            Matcher matcher = PASSWORD.matcher(
                    Files.readString(Suite.gatepost().etc("users.properties"), StandardCharsets.ISO_8859_1));
            assertTrue(matcher.find());
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs in, with nothing but the keyboard, and waits until there is live data. */
    static void signIn(Page page) {
        signIn(page, "admin", password());
    }

    static void signIn(Page page, String user, String password) {
        page.until("document.getElementById('sign-in')?.hidden === false");
        page.type("#user", user);
        page.type("#password", password);
        page.press("Enter");
        page.until("document.getElementById('live').textContent == 'live'");
    }

    /** Pictures it as a person might have it, and asks axe each time what is wrong. */
    static void picture(Page page, String name) {
        picture(page, name, DESKTOP, PHONE);
    }

    static void picture(Page page, String name, int... widths) {
        try {
            Files.createDirectories(SCREENSHOTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int width : widths) {
            for (String scheme : new String[] {"light", "dark"}) {
                page.look(width, scheme);
                page.until("document.documentElement.scrollWidth <= " + width);
                page.picture(SCREENSHOTS.resolve(name + "-" + width + "-" + scheme + ".png"));
                assertEquals(List.of(), page.obstacles(), name + " at " + width + " " + scheme);
            }
        }
        page.look(DESKTOP, "light");
    }

    /** Nothing was blocked by the Content-Security-Policy, nothing failed, and no other host was asked for anything. */
    static void assertKeepsToItself(Page page) {
        page.assertSound();
        String web = "http://localhost:" + Suite.gatepost().httpPort() + "/";
        String gatepost = "//localhost:" + Suite.gatepost().wsPort() + "/";
        for (String request : page.requests()) {
            assertTrue(
                    request.startsWith(web)
                            || request.startsWith("ws:" + gatepost)
                            || request.startsWith("http:" + gatepost),
                    request);
        }
    }
}
