package gatepost.itests.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets the welcome, when, and what it says. The first test is of users who have never signed in. */
@ExtendWith(Suite.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WelcomeIT {

    private static final String CFG = Suite.CFG;
    private static final String MAP = "gatepost.authorization.cfg";
    private static final String USERS = Suite.USERS;
    private static final String INBOXES = "gatepost.inbox.cfg";

    private final Gatepost gatepost = Suite.gatepost();

    private Inbox inbox(Transport transport, String user) {
        return Inbox.of(gatepost, transport, user, user);
    }

    private void addUser(String user) {
        try {
            gatepost.write(USERS, Files.readString(gatepost.etc(USERS)) + "\n" + user + " = " + user + ",_g_:users\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(1)
    void aUserWhoSignsInForTheFirstTimeSeesTheWelcomeAndLaterNone() {
        try (Inbox alice = inbox(Transport.WEB_SOCKET, "alice")) {
            ServerFrame welcome = alice.next();
            assertEquals("Welcome, alice!", welcome.text());
            assertEquals("text/plain", welcome.header("content-type"));
            assertEquals("true", welcome.header("persistent"));
            alice.expectNothing();
        }
        try (Inbox alice = inbox(Transport.TCP, "alice")) {
            alice.expectNothing();
        }
    }

    @Test
    @Order(2)
    void aUserWhoNeverSignedInFindsItWaitingThroughARestartAndGetsItOnce() {
        gatepost.restart();
        try (Inbox bob = inbox(Transport.TCP, "bob")) {
            assertEquals("Welcome, bob!", bob.next().text());
            bob.expectNothing();
        }
        gatepost.restart();
        try (Inbox bob = inbox(Transport.TCP, "bob");
                Inbox alice = inbox(Transport.TCP, "alice")) {
            bob.expectNothing();
            alice.expectNothing();
        }
    }

    @Test
    @Order(3)
    void aUserWhoIsAddedToTheUsersFileIsGreetedAndOneOfAnotherGroupIsNot() {
        addUser("carol");
        gatepost.write(USERS, read(USERS) + "dave = dave,_g_:testers\n");
        gatepost.awaitLog("etc/gatepost.authentication.cfg is in force", () -> addUser("erin"));
        try (Inbox erin = inbox(Transport.TCP, "erin");
                Inbox carol = inbox(Transport.TCP, "carol")) {
            assertEquals("Welcome, erin!", erin.next().text());
            assertEquals("Welcome, carol!", carol.next().text());
        }
        assertTrue(gatepost.shell("gatepost:inbox-list --json erin").contains("erin"));
        assertFalse(gatepost.shell("gatepost:inbox-list --json dave").contains("dave"), "only the group is greeted");
    }

    @Test
    @Order(4)
    void aUserWhomOnlyATokenKnowsIsGreetedOnTheFirstConnection() {
        String token = Token.of("frank", "users");
        call("frank", token);
        try (Inbox ivy = Inbox.of(gatepost, Transport.WEB_SOCKET, "ivy", Token.of("ivy", "users"))) {
            assertEquals("Welcome, ivy!", ivy.next().text());
        }
        assertFalse(gatepost.shell("gatepost:inbox-list --json frank").contains("frank"), "a call is no connection");
        try (Inbox frank = Inbox.of(gatepost, Transport.WEB_SOCKET, "frank", token)) {
            assertEquals("Welcome, frank!", frank.next().text());
        }
        try (Inbox frank = Inbox.of(gatepost, Transport.WEB_SOCKET, "frank", token)) {
            frank.expectNothing();
        }
    }

    private void call(String user, String token) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + gatepost.wsPort() + "/gatepost/api/v1/users/" + user))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            assertEquals(
                    200,
                    HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(5)
    void aChangedGreetingHoldsAtOnceAndOneThatIsWrongChangesNothing() {
        gatepost.apply(
                CFG,
                Map.of(
                        "text",
                        "<p>Hello, {user}</p>",
                        "content.type",
                        "text/html",
                        "headers",
                        "type=welcome,for={user}"));
        gatepost.applyRefused(CFG, Map.of("text", "Hello, {name}"));
        try (Inbox grace = Inbox.of(gatepost, Transport.TCP, "gr&ace", Token.of("gr&ace", "users"))) {
            ServerFrame hello = grace.next();
            assertEquals("<p>Hello, gr&#38;ace</p>", hello.text());
            assertEquals("text/html", hello.header("content-type"));
            assertEquals("welcome", hello.header("type"));
            assertEquals("gr&ace", hello.header("for"));
        }
        gatepost.apply(CFG, Map.of("text", "Welcome, {user}!", "content.type", "text/plain", "headers", ""));
    }

    @Test
    @Order(6)
    void switchedOffNobodyIsGreetedAndSwitchedOnThoseWhoCameMeanwhileAre() {
        gatepost.apply(CFG, Map.of("enabled", "false"));
        gatepost.awaitLog("etc/gatepost.authentication.cfg is in force", () -> addUser("heidi"));
        try (Inbox heidi = inbox(Transport.TCP, "heidi")) {
            heidi.expectNothing();
            gatepost.apply(CFG, Map.of("enabled", "true"));
            assertEquals("Welcome, heidi!", heidi.next().text());
        }
    }

    @Test
    @Order(7)
    void anOperatorGreetsAgainOnPurpose() {
        try (Inbox alice = inbox(Transport.TCP, "alice")) {
            assertTrue(gatepost.shell("gatepost:welcome alice").contains("alice was greeted"));
            String first = alice.next().header("gatepost-message-id");
            gatepost.shell("gatepost:welcome alice");
            assertNotEquals(first, alice.next().header("gatepost-message-id"));
            AssertionError refused =
                    assertThrows(AssertionError.class, () -> gatepost.shell("gatepost:welcome 'a,alice'"));
            assertTrue(refused.getMessage().contains("the name 'a,alice' cannot be a user's"));
            alice.expectNothing();
        }
    }

    @Test
    @Order(8)
    void whoReturnsAfterAnAbsenceGetsTheOtherGreeting() {
        gatepost.apply(CFG, Map.of("return.after", "1000", "return.text", "Welcome back, {user}, after {days} days"));
        inbox(Transport.TCP, "alice").close();
        inbox(Transport.TCP, "bob").close();
        try (Inbox erin = inbox(Transport.TCP, "erin")) {
            // longer than the absence that counts
            erin.expectNothing();
            erin.expectNothing();
            try (Inbox alice = inbox(Transport.TCP, "alice");
                    Inbox again = inbox(Transport.TCP, "erin")) {
                assertEquals("Welcome back, alice, after 0 days", alice.next().text());
                alice.expectNothing();
                again.expectNothing();
            }
        }
        gatepost.apply(CFG, Map.of("return.after", "0"));
        try (Inbox bob = inbox(Transport.TCP, "bob")) {
            bob.expectNothing();
        }
    }

    @Test
    @Order(9)
    void withoutItsEntryNobodyIsGreetedAndWithItThoseWhoCameMeanwhileAre() {
        gatepost.apply(MAP, Map.of("entry.welcome", "queue://user.nobody  write=gatepost-welcome"));
        gatepost.awaitLog("judy could not be greeted", () -> addUser("judy"));
        try (Inbox judy = inbox(Transport.TCP, "judy")) {
            judy.expectNothing();
            gatepost.apply(
                    MAP, Map.of("entry.welcome", "queue://user.>  write=gatepost-welcome  admin=gatepost-welcome"));
            assertEquals("Welcome, judy!", judy.next().text());
        }
    }

    @Test
    @Order(10)
    void aDestinationThatIsNoInboxIsRefusedUntilItIsOne() {
        String map = read(MAP);
        String inboxes = read(INBOXES);
        gatepost.apply(
                MAP,
                Map.of(
                        "entry.news", "queue://news.{user}  read=users  admin=users",
                        "entry.welcome-news", "queue://news.>  write=gatepost-welcome  admin=gatepost-welcome"));
        String refused = gatepost.applyRefused(CFG, Map.of("destination", "queue://news.{user}"));
        assertTrue(refused.contains("destination = queue://news.{user}: expected each user's inbox"), refused);
        gatepost.awaitStatus("destination = queue://news");
        gatepost.awaitLog("etc/gatepost.authentication.cfg is in force", () -> addUser("kim"));
        try (Inbox kim = inbox(Transport.TCP, "kim")) {
            assertEquals("Welcome, kim!", kim.next().text(), "what was in force stays so");
        }

        gatepost.awaitLog(
                "etc/" + CFG + " is in force",
                () -> gatepost.configure(
                        INBOXES, Map.of("inbox.news", "queue://news.{user}", "audience.inbox", "user")));
        try (StompClient kim = Transport.TCP.client(gatepost)) {
            kim.connect("kim", "kim");
            kim.done(ClientFrame.subscribe("news", "/queue/news.kim"));
            assertEquals("Welcome, kim!", kim.expect("MESSAGE").text(), "another inbox gets it, too");
        }

        gatepost.awaitLog("refused, .*" + CFG, () -> gatepost.write(INBOXES, inboxes));
        gatepost.apply(CFG, Map.of("destination", "queue://user.{user}"));
        gatepost.awaitLog("etc/" + MAP + " is in force", () -> gatepost.write(MAP, map));
        try (Inbox kim = inbox(Transport.TCP, "kim")) {
            kim.expectNothing();
        }
    }

    @Test
    @Order(11)
    void whoWasErasedIsGreetedAnewAndWhoseInboxWasPurgedIsNot() {
        gatepost.shell("gatepost:inbox-purge --yes carol\ngatepost:user-erase --yes erin");
        try (Inbox carol = inbox(Transport.TCP, "carol");
                Inbox erin = inbox(Transport.TCP, "erin")) {
            assertEquals("Welcome, erin!", erin.next().text());
            carol.expectNothing();
        }
    }

    private String read(String file) {
        try {
            return Files.readString(gatepost.etc(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
