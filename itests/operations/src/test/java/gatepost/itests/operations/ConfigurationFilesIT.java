package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file in etc says is in force soon, however it came there; what cannot be understood never is, and is told everywhere. */
class ConfigurationFilesIT {

    private static final String MAP = "gatepost.authorization.cfg";
    private static final String USERS = "gatepost.authentication.cfg";
    private static final String BROKER = "gatepost.broker.cfg";
    /** Promised are two seconds; a busy machine gets more. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static Gatepost gatepost;
    private static Bystander bystander;
    private static final Map<String, String> SHIPPED = new HashMap<>();

    @TempDir
    private Path elsewhere;

    @BeforeAll
    static void start() throws IOException {
        gatepost = Gatepost.unpack();
        for (String file : new String[] {MAP, USERS, BROKER}) {
            SHIPPED.put(file, Files.readString(gatepost.etc(file)));
        }
        gatepost.start();
        Awaitility.await()
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> new Web(gatepost).get("/health/ready").statusCode() == 200);
        bystander = Bystander.watch(gatepost);
    }

    @AfterAll
    static void stop() {
        bystander.close();
        gatepost.close();
    }

    @BeforeEach
    void begin() {
        bystander.forget();
    }

    @AfterEach
    void asItWas() {
        bystander.assertUnharmed();
    }

    @ParameterizedTest
    @EnumSource
    void whatAChangedMapNoLongerAllowsIsCutHoweverTheFileWasChanged(WayToChange way) throws Exception {
        try (StompClient alice = alice();
                WayToChange.Place place = way.in(gatepost, MAP, elsewhere)) {
            place.put(shared("users"));
            Awaitility.await("alice may read").atMost(SOON).until(ConfigurationFilesIT::aliceMayReadWhatIsShared);
            alice.done(ClientFrame.subscribe("shared", "/queue/shared"));
            // as long as the one before, and where the way allows it as old
            place.change(shared("nobod"));
            ServerFrame error = alice.frame(SOON);
            assertEquals("ERROR", error.command());
            assertTrue(error.text().contains("Denied: read queue://shared"), error.text());
            alice.expectEnd();
        } finally {
            restore(MAP);
        }
    }

    @Test
    void aPlaceholderThatIsNotSetRefusesTheMap() {
        assertRefused(
                MAP,
                SHIPPED.get(MAP) + "entry.tenant = queue://${env:NOPE}> read=users\n",
                "entry.tenant",
                "${env:NOPE}",
                "the environment variable NOPE is not set");
        assertFalse(aliceMayRead("/queue/app.inbox"));
        String status = gatepost.shell("gatepost:status --no-format");
        assertTrue(
                status.lines()
                        .anyMatch(line -> line.startsWith("gatepost.authorization")
                                && line.contains("refused: etc/" + MAP
                                        + ": entry.tenant = ${env:NOPE}: the environment variable NOPE is not set")),
                status);
        restore(MAP);
    }

    @Test
    void aPlaceholderThatIsNotSetRefusesTheAudienceInsteadOfSwitchingItOff() {
        assertRefused(
                USERS,
                SHIPPED.get(USERS).replaceFirst("(?m)^token.audience *=.*$", "token.audience = \\${env:NOPE}"),
                "token.audience",
                "${env:NOPE}",
                "the environment variable NOPE is not set");
        restore(USERS);
    }

    @Test
    void aPlaceholderWithADefaultIsTaken() {
        gatepost.awaitLog(
                MAP + " is in force",
                () -> gatepost.write(MAP, shared("users").replace("queue://shared", "queue://${env:NOPE:-shared}")));
        assertTrue(aliceMayReadWhatIsShared());
        restore(MAP);
    }

    @Test
    void aDollarBeforeTheUserIsRefusedWithAHint() {
        assertRefused(
                MAP,
                SHIPPED.get(MAP) + "entry.mine = queue://mine.${user} read=users\n",
                "entry.mine",
                "${user}",
                "is written {user}");
        restore(MAP);
    }

    @Test
    void twoEntriesThatMakeOneQueueThatOfTwoUsersAreRefused() {
        assertRefused(
                MAP,
                SHIPPED.get(MAP) + "entry.private = queue://user.{user}.private read=users admin=users\n",
                "entry.private",
                "queue://user.{user}.private",
                "that of the users bob and bob.private alike");
        restore(MAP);
    }

    /** It is in a comment, and the values are those in force: Config Admin hears nothing of it. */
    @Test
    void aByteThatIsNoTextRefusesTheFileUntilItIsGone() {
        byte[] latin = ("# für alle\n" + SHIPPED.get(MAP)).getBytes(StandardCharsets.ISO_8859_1);
        put(MAP, latin);
        awaitRefused(MAP, "line 1", "", "line 1 is not UTF-8");
        restore(MAP);
    }

    @Test
    void anEscapeThatNobodyCanReadIsReportedAndForgottenWithTheFile() {
        assertRefused(
                BROKER,
                SHIPPED.get(BROKER) + "# a path\ndata = C:\\users\\gatepost\n",
                "data",
                "\\users",
                "expected four hexadecimal digits");
        restore(BROKER);
    }

    @Test
    void aMapWhoseLinesAreAllCommentedOutDeniesEverybodyAndSaysSo() throws Exception {
        bystander.assertUnharmed();
        bystander.close();
        try (StompClient alice = alice()) {
            alice.done(ClientFrame.subscribe("own", "/queue/user.alice"));
            gatepost.awaitLog(
                    "has no entries.*denied",
                    () -> gatepost.write(MAP, SHIPPED.get(MAP).replaceAll("(?m)^(?=\\S)", "# ")));
            assertEquals("ERROR", alice.frame(SOON).command());
            assertFalse(aliceMayRead("/queue/user.alice"));
            assertTrue(gatepost.shell("gatepost:status --no-format")
                    .contains("it has no entries, so everybody is denied"));
        } finally {
            restore(MAP);
            bystander = Bystander.watch(gatepost);
        }
    }

    @Test
    void aFileOfNoBytesIsWaitedForAndStatusSaysSo() {
        try (StompClient alice = alice()) {
            alice.done(ClientFrame.subscribe("own", "/queue/user.alice"));
            gatepost.write(MAP, "");
            Awaitility.await("it is waited for")
                    .atMost(SOON)
                    .until(() ->
                            metrics().counted("gatepost_configuration_awaited", "pid", "gatepost.authorization") == 1);
            assertTrue(gatepost.shell("gatepost:status --no-format").contains("waiting for its content"));
            alice.done(ClientFrame.subscribe("again", "/queue/user.alice"));
        } finally {
            restore(MAP);
        }
    }

    private void assertRefused(String file, String text, String key, String value, String reason) {
        gatepost.write(file, text);
        awaitRefused(file, key, value, reason);
    }

    /** In the log and as a metric; the status shows the same. */
    private void awaitRefused(String file, String key, String value, String reason) {
        String pid = file.substring(0, file.lastIndexOf('.'));
        Awaitility.await(pid + " is refused")
                .atMost(SOON)
                .until(() -> metrics().counted("gatepost_configuration_refused", "pid", pid) == 1);
        assertTrue(metrics().counted("gatepost_configuration_problem", "pid", pid, "file", "etc/" + file, "key", key)
                >= 1);
        Awaitility.await("the log says so a moment later")
                .atMost(SOON)
                .until(() -> gatepost.log()
                        .lines()
                        .anyMatch(line ->
                                line.contains("refused, the last good value stays in force: etc/" + file + ": " + key)
                                        && line.contains(value)
                                        && line.contains(reason)));
    }

    /** What was in force all the time is taken again. */
    private static void restore(String file) {
        String pid = file.substring(0, file.lastIndexOf('.'));
        gatepost.write(file, SHIPPED.get(file));
        Awaitility.await(pid + " is in force")
                .atMost(SOON)
                .until(() -> metrics().counted("gatepost_configuration_refused", "pid", pid) == 0
                        && metrics().counted("gatepost_configuration_awaited", "pid", pid) == 0
                        && !(file.equals(MAP) && aliceMayReadWhatIsShared())
                        && aliceMayRead("/queue/user.alice"));
    }

    private static void put(String file, byte[] bytes) {
        try {
            Files.write(gatepost.etc(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exposition metrics() {
        return new Web(gatepost).metrics();
    }

    private static String shared(String group) {
        return SHIPPED.get(MAP) + "entry.shared = queue://shared read=" + group + " write=admins admin=users\n";
    }

    private static boolean aliceMayReadWhatIsShared() {
        return aliceMayRead("/queue/shared");
    }

    private static boolean aliceMayRead(String queue) {
        try (StompClient alice = alice()) {
            return alice.request(ClientFrame.subscribe("s", queue)).command().equals("RECEIPT");
        }
    }

    private static StompClient alice() {
        StompClient alice = Transport.TCP.client(gatepost);
        alice.connect("alice", "alice");
        return alice;
    }
}
