package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.DESKTOP;
import static gatepost.itests.console.ConsolePage.NARROW;
import static gatepost.itests.console.ConsolePage.TABLET;
import static gatepost.itests.console.ConsolePage.go;
import static gatepost.itests.console.ConsolePage.picture;
import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does on the pages, beneath the prefix of a proxy: it is asked for, done, told and written down. */
@ExtendWith(Suite.class)
class DeedsIT {

    @TempDir
    static Path folder;

    @AutoClose
    private static Browser browser;

    @AutoClose
    private static Prefix prefix;

    @BeforeAll
    static void start() {
        prefix = Prefix.of(Suite.gatepost(), folder);
        browser = Browser.start();
    }

    private static Page open(String hash) {
        Page page = browser.open(prefix.address() + hash);
        signIn(page);
        return page;
    }

    private static StompClient dora() {
        StompClient dora = Transport.TCP.client(Suite.gatepost().stompPort());
        dora.connect("dora", "secret");
        dora.done(ClientFrame.subscribe("1", "/queue/user.dora", "gatepost-start:new"));
        return dora;
    }

    /** The dialog is there, keeps the focus, and is fit for everybody. */
    private static void asked(Page page, String title, String name) {
        page.until("document.querySelector('dialog h2')?.textContent == '" + title + "'");
        for (int i = 0; i < 8; i++) {
            page.press("Tab");
            assertTrue(
                    page.evaluate("document.activeElement === document.body || document.querySelector('dialog')"
                                    + ".contains(document.activeElement)")
                            .asBoolean(),
                    name);
        }
        picture(page, name, NARROW, TABLET, DESKTOP);
    }

    private static void told(Page page, String expression) {
        page.until("[...document.querySelectorAll('.told')].some(told => /" + expression + "/.test(told.textContent))");
        page.until("document.querySelector('dialog') === null");
    }

    /** Waits until the audit log has a line that says so. */
    private static void writtenDown(String outcome, String user, String action, String on) {
        String line = "event=\"operator\" outcome=\"" + outcome + "\" user=\"" + user
                + "\" way=\"console\" address=\"127.0.0.1\" action=\"" + action + "\" on=\"" + on;
        Path log = Suite.gatepost().home().resolve("data/log/audit.log");
        Awaitility.await(line)
                .atMost(Duration.ofSeconds(10))
                .until(() -> Files.exists(log) && Files.readString(log).contains(line));
    }

    @Test
    void aSessionIsEndedAndNoOther() {
        try (Page page = open("#/users/dora");
                StompClient one = dora();
                StompClient other = dora()) {
            page.until("document.querySelectorAll('#sessions .danger').length == 2");
            // with nothing but the keyboard
            page.run("document.querySelector('#sessions .danger').focus()");
            page.press("Enter");
            asked(page, "End this session?", "dialog-end");
            page.press("Escape");
            page.until("document.querySelector('dialog') === null");
            assertTrue(page.evaluate("document.activeElement.matches('#sessions .danger')")
                    .asBoolean());
            page.until("document.querySelectorAll('#sessions .danger').length == 2");

            page.press("Enter");
            page.click("dialog [type=submit]");
            told(page, "The session was ended");
            page.until("document.querySelectorAll('#sessions .danger').length == 1");
            // the one that has lasted longest stands first
            one.expect("ERROR");
            other.done(ClientFrame.send("/queue/app.inbox", "still there"));
            Suite.gatepost().shell("gatepost:queue-purge app.inbox");
            writtenDown("done", "admin", "session-end", "ID:");
        }
    }

    @Test
    void aUserIsSignedOutEverywhere() {
        try (Page page = open("#/users/dora");
                StompClient one = dora();
                StompClient other = dora()) {
            page.until("document.querySelectorAll('#sessions .danger').length == 2");
            page.click("#sign-out-everywhere");
            asked(page, "Sign dora out everywhere?", "dialog-sign-out");
            page.click("dialog [type=submit]");
            told(page, "2 sessions were ended");
            one.expect("ERROR");
            other.expect("ERROR");
            page.until("document.getElementById('sessions').textContent.includes('They have no session')");
            writtenDown("done", "admin", "sessions-end", "dora");
        }
    }

    @Test
    void aUserIsShutOutUntilThatIsTakenBack() {
        try (Page page = open("#/users/dora");
                StompClient one = dora()) {
            page.until("document.querySelectorAll('#sessions .danger').length == 1");
            page.click("#revoke");
            page.click("dialog input[value=time]");
            asked(page, "Revoke what lets dora in?", "dialog-revoke");
            page.click("dialog input[value=user]");
            page.click("dialog [type=submit]");
            told(page, "It is revoked, and 1 session was ended");
            one.expect("ERROR");
            writtenDown("done", "admin", "revoke", "dora");
            try (StompClient again = Transport.TCP.client(Suite.gatepost().stompPort())) {
                again.send(ClientFrame.of(
                        "CONNECT", "accept-version:1.2", "host:localhost", "login:dora", "passcode:secret"));
                assertTrue(again.expect("ERROR").header("message").contains("revoked"));
            }
            page.until("document.querySelectorAll('#revocations button').length == 1");
            picture(page, "user-revoked", NARROW, DESKTOP);
            page.click("#revocations button");
            asked(page, "Take this back?", "dialog-take-back");
            page.click("dialog [type=submit]");
            told(page, "It is taken back");
            writtenDown("done", "admin", "revocation-undo", "dora");
            page.until("document.getElementById('revocations').textContent.includes('Nothing is revoked')");
            dora().close();
        }
    }

    @Test
    void whatWasIssuedUntilNowIsRevokedAndSigningInAgainIsPossible() {
        try (Page page = open("#/users/dora");
                StompClient one = dora()) {
            page.until("document.querySelectorAll('#sessions .danger').length == 1");
            page.click("#revoke");
            page.click("dialog [type=submit]");
            told(page, "It is revoked, and 1 session was ended");
            one.expect("ERROR");
            dora().close();
            page.click("#revocations button");
            page.click("dialog [type=submit]");
            told(page, "It is taken back");
        }
    }

    @Test
    void aMessageComesFromTheOperatorAndIsReadOnThePage() {
        try (Page page = open("#/users/dora");
                StompClient dora = dora()) {
            page.click("#send");
            page.type("#field-body", "<b>from the console</b>");
            asked(page, "Send a message to dora", "dialog-send-user");
            page.click("dialog [type=submit]");
            told(page, "The message is in the inbox at \\d+");
            String message = dora.expect("MESSAGE").toString();
            assertTrue(message.contains("gatepost-user:gatepost-console-admin.admin"), message);
            writtenDown("done", "admin", "message-send", "{");
            page.click("#show-messages");
            page.until(Walk.text("messages", "<b>from the console</b>"));
            picture(page, "user-messages", NARROW, TABLET, DESKTOP);
            page.assertSound();
        }
    }

    @Test
    void aQueueIsSentToBrowsedAndPurgedOnceItsNameIsTyped() {
        try (Page page = open("#/queues")) {
            page.click("#send");
            page.type("#field-to", "work.deeds");
            page.type("#field-body", "one");
            page.type("#field-headers", "content-type: text/plain\nkind: <i>test</i>");
            asked(page, "Send a message", "dialog-send");
            page.click("dialog [type=submit]");
            told(page, "The message is in work.deeds");
            writtenDown("done", "admin", "message-send", "work.deeds");
            page.until(Walk.text("queues-list", "work.deeds"));

            go(page, "#/queues/work.deeds");
            page.until(Walk.text("messages", "kind: <i>test</i>"));
            page.click("#purge");
            asked(page, "Purge work.deeds?", "dialog-purge");
            assertTrue(page.evaluate("document.querySelector('dialog [type=submit]').disabled")
                    .asBoolean());
            page.type("#dialog-expected", "work.deed");
            page.press("Enter");
            assertTrue(page.evaluate("document.querySelector('dialog [type=submit]').disabled")
                    .asBoolean());
            page.type("#dialog-expected", "work.deeds");
            page.press("Enter");
            told(page, "1 message was dropped");
            page.until(Walk.text("messages", "It is empty"));
            writtenDown("done", "admin", "queue-purge", "work.deeds");
            page.assertSound();
        }
    }

    @Test
    void whatIsRefusedIsSaidInTheDialogWhichStays() {
        try (Page page = open("#/queues")) {
            page.click("#send");
            page.type("#field-to", "work.>");
            page.click("dialog [type=submit]");
            page.until(
                    "/^The queue work.>: expected a name/.test(document.querySelector('dialog .refusal').textContent)");
            writtenDown("refused", "admin", "message-send", "work.>");
            page.press("Escape");
            page.until("document.querySelector('dialog') === null");
        }
    }
}
