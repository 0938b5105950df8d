package gatepost.itests.javascript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code <gatepost-inbox>} in Chromium. */
@ExtendWith(Suite.class)
class ElementIT {

    private final String user = Suite.user();

    private Page open() {
        return Suite.browser().open(Suite.site().page("element.html", user));
    }

    private static void awaitBadge(Page page, String text) {
        page.until("window.part && part('badge').textContent === '" + text + "' && part('badge').hidden === "
                + text.equals("0"));
    }

    private static void awaitEntries(Page page, String... texts) {
        page.until("window.part && [...part('list').children].map(each => each.firstChild.textContent).join('|') === '"
                + String.join("|", texts) + "'");
    }

    /** What a screen reader calls the button. */
    private static String name(Page page) {
        return page.evaluate("part('button').textContent.replace(/\\s+/g, ' ').trim()")
                .asText();
    }

    private static String focus(Page page) {
        return page.evaluate("element.shadowRoot.activeElement?.getAttribute('part')")
                .asText();
    }

    @Test
    void theBadgeAndTheListAreTheSameInEveryTab() {
        Suite.publish(user, "one", "two");
        try (Page first = open();
                Page second = Suite.browser().openBeside(first, Suite.site().page("element.html", user))) {
            List<Page> tabs = List.of(first, second);
            tabs.forEach(page -> awaitBadge(page, "2"));
            tabs.forEach(page -> awaitEntries(page, "two", "one"));
            Suite.publish(user, "three");
            tabs.forEach(page -> awaitBadge(page, "3"));
            tabs.forEach(page -> page.until("element.shadowRoot.querySelector('.told').textContent === '3 new'"));
            first.click("gatepost-inbox button[part=button]");
            tabs.forEach(page -> awaitBadge(page, "0"));
            first.click("gatepost-inbox li:first-child");
            tabs.forEach(page -> page.until("element.shadowRoot.querySelectorAll('[part~=unread]').length === 2"));
            assertEquals("[\"three\"]", first.evaluate("chosen").toString());
            second.reload();
            awaitEntries(second, "three", "two", "one");
            second.until("element.shadowRoot.querySelectorAll('[part~=unread]').length === 2");
            second.click("gatepost-inbox button[part=button]");
            second.click("gatepost-inbox [part=read-all]");
            tabs.forEach(page -> page.until("!element.shadowRoot.querySelector('[part~=unread]')"));
            tabs.forEach(Page::assertSound);
        }
    }

    @Test
    void everythingIsWithinReachOfTheKeyboard() {
        Suite.publish(user, "one", "two");
        try (Page page = open()) {
            awaitEntries(page, "two", "one");
            awaitBadge(page, "2");
            page.press("Tab");
            assertEquals("button", focus(page));
            assertEquals("Notifications 2 new", name(page));
            page.press("Enter");
            assertEquals(
                    "true",
                    page.evaluate("part('button').getAttribute('aria-expanded')")
                            .asText());
            assertEquals(
                    "Notifications", page.evaluate("part('panel').ariaLabel").asText());
            page.press("Tab");
            assertEquals("read-all", focus(page));
            page.press("Tab");
            assertEquals("read", focus(page));
            assertEquals(
                    "unread: two",
                    page.evaluate("element.shadowRoot.activeElement.ariaLabel").asText());
            page.press("Enter");
            page.until("element.shadowRoot.querySelectorAll('[part~=unread]').length === 1");
            // the focus stays where it was, also when something comes above it
            Suite.publish(user, "three");
            awaitEntries(page, "three", "two", "one");
            assertEquals(
                    "two",
                    page.evaluate("element.shadowRoot.activeElement.ariaLabel").asText());
            awaitBadge(page, "0");
            page.press("Escape");
            assertEquals("button", focus(page));
            assertTrue(page.evaluate("part('panel').hidden").asBoolean());
            assertEquals(
                    "false",
                    page.evaluate("part('button').getAttribute('aria-expanded')")
                            .asText());
        }
    }

    @Test
    void nothingIsInTheWayOfAnybodyAndItIsPleasantToLookAt() {
        String[] texts = new String[24];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "Message " + (i + 1)
                    + (i == 20 ? " which takes more than one line, as it is longer than the others are" : "");
        }
        Suite.publish(user, texts);
        try (StompClient application = Transport.TCP.client(Suite.gatepost())) {
            application.connect("system", "manager");
            application.done(ClientFrame.send(
                    "/queue/user." + user,
                    "{\"title\":\"The build failed\",\"body\":\"main at 1a2b3c\",\"url\":\"/builds/17\"}",
                    "content-type:application/json"));
            application.done(ClientFrame.send(
                    "/queue/user." + user,
                    "{\"title\":\"Bad\",\"url\":\"javascript:alert(1)\"}",
                    "content-type:application/json"));
        }
        try (Page page = open()) {
            awaitBadge(page, "26");
            assertEquals(List.of(), page.obstacles());
            page.click("gatepost-inbox button[part=button]");
            awaitBadge(page, "0");
            for (String scheme : List.of("light", "dark")) {
                for (int width : new int[] {360, 900}) {
                    page.look(width, scheme);
                    page.picture(Path.of("target", "element-" + scheme + "-" + width + ".png"));
                    assertEquals(List.of(), page.obstacles(), scheme + " " + width);
                }
            }
            assertEquals(
                    "[\"/builds/17\"]",
                    page.evaluate(
                                    "[...element.shadowRoot.querySelectorAll('a')].map(each => each.getAttribute('href'))")
                            .toString());
            page.assertSound();
        }
    }

    @Test
    void textsColoursAndEntriesComeFromThePage() {
        Suite.publish(user, "eins");
        try (Page page = open()) {
            awaitBadge(page, "1");
            page.evaluate(
                    "(() => { element.setAttribute('label', 'Mitteilungen'); element.setAttribute('unseen-text', 'neue');"
                            + " element.classList.add('other'); })()");
            assertEquals("Mitteilungen 1 neue", name(page));
            assertEquals(
                    "rgb(0, 90, 0)",
                    page.evaluate("getComputedStyle(part('badge')).backgroundColor")
                            .asText());
            page.evaluate("(() => { element.render = ({ body }) => document.createTextNode('«' + body + '»'); })()");
            Suite.publish(user, "zwei");
            awaitEntries(page, "«zwei»", "eins");
        }
    }

    @Test
    void olderOnesComeWhenTheyAreAskedForAndAGapIsSaid() {
        String[] texts = new String[30];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "m" + i;
        }
        Suite.publish(user, texts);
        try (Page page = open()) {
            page.until("window.part && part('list').children.length === 30");
            page.until("element.inbox.getSnapshot().messages.every(({ state }) => state.includes('done'))");
            page.reload();
            page.until("window.part && part('list').children.length === 20 && !part('older').hidden");
            page.click("gatepost-inbox button[part=button]");
            page.click("gatepost-inbox [part=older]");
            page.until("part('list').children.length === 30 && part('older').hidden");
            assertTrue(page.evaluate("part('gap').hidden").asBoolean());
            Suite.gatepost().shell("gatepost:queue-purge user." + user);
            Suite.publish(user, "after");
            page.until("!part('gap').hidden");
        }
    }

    @Test
    void aTurboStreamGoesToTurboAndIsNoEntry() {
        try (Page page = open();
                StompClient application = Transport.TCP.client(Suite.gatepost())) {
            page.until("window.element?.inbox?.connected");
            page.evaluate(
                    "(() => { window.streams = []; window.Turbo = { renderStreamMessage: text => streams.push(text) }; })()");
            application.connect("system", "manager");
            application.done(ClientFrame.send(
                    "/queue/user." + user,
                    "<turbo-stream action=\"append\"></turbo-stream>",
                    "content-type:text/vnd.turbo-stream.html"));
            Suite.publish(user, "text");
            awaitEntries(page, "text");
            assertEquals(1, page.evaluate("streams.length").asInt());
        }
    }

    @Test
    void anElementThatIsTakenOutClosesAndOneThatIsMovedGoesOn() {
        try (Page page = open()) {
            page.until("window.element?.inbox?.connected");
            page.evaluate("(() => { window.before = element.inbox; document.body.append(element); })()");
            page.run("new Promise(over => setTimeout(over, 50))");
            assertTrue(page.evaluate("element.inbox === before && before.connected")
                    .asBoolean());
            page.evaluate("(() => { element.remove(); })()");
            page.until("!before.connected");
            assertFalse(page.evaluate("Boolean(element.inbox)").asBoolean());
            page.evaluate("(() => { document.body.append(element); })()");
            page.until("element.inbox?.connected");
        }
    }
}
