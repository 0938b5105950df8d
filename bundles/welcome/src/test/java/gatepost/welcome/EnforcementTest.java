package gatepost.welcome;

import static gatepost.welcome.WelcomeSettingsTest.settings;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnforcementTest {

    @TempDir
    private Path folder;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final TestRecords records = new TestRecords();
    private volatile TestRecords there = records;
    private final GreetedUsers users = new GreetedUsers(() -> there);
    private final Greeter greeter = new Greeter(thread, InstantSource.system(), users);
    private final List<String> said = new ArrayList<>();
    private TestSender sender = new TestSender(records);
    private Enforcement enforcement;

    @BeforeEach
    void start() {
        enforcement = new Enforcement(new Said(), users, greeter, new TakeOver(folder), () -> sender);
    }

    private final class Said implements ConfigurationReports {

        @Override
        public void taken(String pid, String file, String note) {
            said.add("taken " + note);
        }

        @Override
        public void refused(String pid, String file, List<Problem> problems) {
            said.add("refused " + problems);
        }

        @Override
        public void awaited(String pid, String file) {
            said.add("awaited");
        }

        @Override
        public void removed(String pid) {
            said.add("removed");
        }

        @Override
        public List<ConfigurationReport> all() {
            return List.of();
        }
    }

    @AfterEach
    void stop() {
        thread.shutdown();
    }

    private void run(Runnable task) {
        try {
            thread.submit(task).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void configure(String... keysAndValues) {
        run(() -> enforcement.configure(settings(keysAndValues), "etc/gatepost.welcome.cfg"));
    }

    private void look() {
        run(enforcement::look);
    }

    private void list(String user) {
        run(() -> greeter.listed(Map.of(user, Set.of("users"))));
    }

    private List<String> said() {
        List<String> all = List.copyOf(said);
        said.clear();
        return all;
    }

    @Test
    void aDestinationThatIsNoInboxIsSaidAndNobodyIsGreetedUntilItIsOne() {
        configure("destination", "queue://inbox.{user}");
        list("alice");
        look();
        assertEquals(List.of(), said(), "PID gatepost.inbox may come a moment later");
        look();
        look();
        look();
        assertEquals(
                List.of(
                        "refused [etc/gatepost.welcome.cfg: destination = queue://inbox.{user}: expected each user's inbox,"
                                + " as inbox.NAME in etc/gatepost.inbox.cfg has it, such as queue://user.{user}]"),
                said());
        assertEquals(0, sender.open());

        records.prefix = "inbox.";
        look();
        look();
        assertEquals(List.of("taken "), said());
        await().until(() -> sender.open() == 1);
    }

    @Test
    void oneThatIsOfAllUsersTogetherIsNone() {
        configure();
        said();
        configure("destination", "queue://user.alice");
        assertTrue(said().get(0).startsWith("refused"));
    }

    @Test
    void whatWasInForceStaysAsLongAsItCan() {
        configure("text", "first");
        configure("text", "second", "destination", "queue://inbox.{user}");
        assertEquals(2, said().size());
        list("alice");
        await().until(() -> sender.open() == 1);
        assertEquals("first", sender.take().get(0).greeting().text());

        records.prefix = "nothing.";
        look();
        list("bob");
        look();
        assertEquals(0, sender.open());
        assertEquals(List.of(), said(), "it is refused already");

        records.prefix = "inbox.";
        look();
        assertEquals(List.of("taken "), said());
        await().until(() -> sender.open() == 1);
        assertEquals("second", sender.take().get(0).greeting().text());
    }

    @Test
    void whatWasTakenIsRefusedWhenItsInboxesAreNoneAnyMore() {
        configure();
        records.prefix = "inbox.";
        look();
        assertTrue(said().get(1).startsWith("refused"));
        records.prefix = "user.";
        look();
        assertEquals(List.of("taken "), said());
    }

    @Test
    void whatCannotBeReadIsSaidUntilSomethingElseComes() {
        configure("text", "first");
        said();
        run(() -> enforcement.refuse("etc/gatepost.welcome.cfg", List.of(new Problem("f", "text", "{x}", "unknown"))));
        look();
        assertEquals(List.of("refused [f: text = {x}: unknown]"), said());
        list("alice");
        await().until(() -> sender.open() == 1);
        configure("text", "first");
        assertEquals(List.of("taken "), said());
    }

    @Test
    void anotherInboxGetsTheGreetingThoughOneIsOnItsWayToTheFirst() {
        configure();
        list("alice");
        await().until(() -> sender.open() == 1);
        sender = new TestSender(records);
        records.prefix = "inbox.";
        configure("destination", "queue://inbox.{user}");
        await().until(() -> sender.open() == 1);
        assertEquals("queue://inbox.alice", sender.take().get(0).greeting().destination());
    }

    @Test
    void whereNobodyIsGreetedNoInboxIsNeeded() {
        there = null;
        configure("enabled", "false");
        assertEquals(List.of("taken nobody is greeted"), said());
    }

    @Test
    void nobodyIsGreetedWhileTheOldFileCannotBeRead() throws Exception {
        Files.createDirectory(folder.resolve(GreetedJournal.FILE));
        configure();
        list("alice");
        look();
        run(() -> {});
        assertEquals(0, sender.open());
        Files.delete(folder.resolve(GreetedJournal.FILE));
        look();
        await().until(() -> sender.open() == 1);
    }

    @Test
    void nobodyIsGreetedBeforeWhoWasIsTakenOver() throws Exception {
        // GREETED 6 alice
        Files.writeString(folder.resolve(GreetedJournal.FILE), "af6116f3 GREETED 6 alice\n");
        records.trouble = "the broker is not running";
        configure();
        list("alice");
        look();
        assertEquals(0, sender.open());
        assertFalse(Files.notExists(folder.resolve(GreetedJournal.FILE)));
        records.trouble = "";
        look();
        run(() -> greeter.signedIn("bob", Set.of("users")));
        await().until(() -> sender.open() == 1);
        assertEquals(List.of("bob"), sender.all());
    }
}
