package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Library;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Program;
import gatepost.itests.harness.library.Ruby;
import gatepost.itests.harness.library.Talk;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clients that people have, unchanged: none of them knows of offsets, and each of a user's gets every message. */
@ExtendWith(Suite.class)
class RealClientsIT {

    private static final Path SCRIPTS = Path.of("src", "test", "scripts");

    @AutoClose
    private static Browser browser;

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @Test
    void theTalksPageOpenTwiceShowsEveryMessageInBoth() {
        browser.serve("/talk.js", Talk.script(gatepost.wsPort(), owner.name(), owner.name(), owner.inbox()));
        try (Page one = browser.open("/talk.html");
                Page other = browser.openBeside(one, "/talk.html")) {
            for (Page page : List.of(one, other)) {
                // it subscribes as soon as it is connected, and says no more of it
                page.until("client.connected && Object.keys(client.subscriptions).length == 1");
            }
            await("both are subscribed").until(() -> subscriptions() == 2);
            for (int n = 1; n <= 3; n++) {
                Talk.publish(List.of(), gatepost.stompPort(), owner.inbox());
                for (Page page : List.of(one, other)) {
                    page.until("$('#messages p').length == " + n);
                }
            }
            for (Page page : List.of(one, other)) {
                assertEquals(
                        "<p>Welcome</p>\n".repeat(3),
                        page.evaluate("$('#messages').html()").asText());
                page.assertSound();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoTabsOfALibraryGetEveryMessageAndAThirdBeginsBehindWhatOneHasAcknowledged(Library library) {
        try (Page one = subscribed(library);
                Page other = subscribed(library)) {
            Ruby.publishAll(gatepost.stompPort(), owner.inbox(), "1", "2", "3", "4");
            for (Page page : List.of(one, other)) {
                page.until("session.received.length == 4");
                assertEquals("[\"1\",\"2\",\"3\",\"4\"]", bodies(page));
            }
            one.run("session.acknowledge(1)");

            try (Page third = subscribed(library)) {
                third.until("session.received.length == 2");
                assertEquals("[\"3\",\"4\"]", bodies(third));
                // both acknowledge: the second of them is none the worse for it
                third.run("session.acknowledge(1)");
                other.run("session.acknowledge(3)");
                Ruby.publishAll(gatepost.stompPort(), owner.inbox(), "5");
                for (Page page : List.of(one, other, third)) {
                    page.until("session.received.at(-1).body == '5'");
                    page.assertSound();
                }
            }
        }
        assertEquals(List.of("5"), owner.waiting());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void twoRubyProgramsGetEveryMessage(Mode mode) {
        Ruby.Settings settings =
                new Ruby.Settings(List.of(gatepost.stompPort()), owner.name(), owner.name(), "0,0", Map.of());
        try (Ruby one = Ruby.subscriber(settings, owner.inbox(), mode.header());
                Ruby other = Ruby.subscriber(settings, owner.inbox(), mode.header())) {
            await("both are subscribed").until(() -> subscriptions() == 2);
            Ruby.publishAll(gatepost.stompPort(), owner.inbox(), "1", "2", "3");
            for (Ruby ruby : List.of(one, other)) {
                assertEquals(
                        List.of("1", "2", "3"),
                        Stream.generate(() -> ruby.message().text()).limit(3).toList());
            }
        }
        await("all are done").until(owner::waiting, List.of()::equals);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void twoPythonProgramsGetEveryMessage(Mode mode) {
        try (Program one = python(mode);
                Program other = python(mode)) {
            assertEquals("subscribed", one.line());
            assertEquals("subscribed", other.line());
            Ruby.publishAll(gatepost.stompPort(), owner.inbox(), "1", "2", "3");
            for (Program program : List.of(one, other)) {
                assertEquals(
                        List.of("1", "2", "3"),
                        Stream.generate(program::line).limit(3).toList());
            }
        }
        await("all are done").until(owner::waiting, List.of()::equals);
    }

    /** How a client acknowledges. */
    enum Mode {
        AUTO,
        CLIENT,
        CLIENT_INDIVIDUAL;

        String header() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Program python(Mode mode) {
        return Program.start(
                SCRIPTS,
                Map.of(),
                List.of(
                        "/usr/bin/python3",
                        "tab.py",
                        "" + gatepost.stompPort(),
                        owner.name(),
                        owner.inbox(),
                        mode.header()));
    }

    private Page subscribed(Library library) {
        Page page = library.signIn(browser, gatepost.wsPort(), owner.name());
        page.run("session.subscribe('" + owner.inbox() + "', { ack: 'client' })");
        return page;
    }

    /** @return how many subscriptions the owner has, as an operator sees it */
    private int subscriptions() {
        int count = 0;
        for (JsonNode session : Json.read(gatepost.shell("gatepost:session-list --json --user " + owner.name()))) {
            count += session.get("subscriptions").size();
        }
        return count;
    }

    private static String bodies(Page page) {
        return page.evaluate("session.received.map(message => message.body)").toString();
    }
}
