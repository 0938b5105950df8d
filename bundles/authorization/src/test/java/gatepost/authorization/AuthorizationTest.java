package gatepost.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.engine.Destination;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.GroupsListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From Config Admin to the map in force. */
class AuthorizationTest {

    private static final Map<String, Object> NONE = Map.of("component.name", "x");
    private static final Map<String, Object> GOOD = configuration("entry.own", "queue://user.{user} read=users");

    @TempDir
    private Path folder;

    private final ConfigurationReports reports = new LoggingConfigurationReports();
    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private final DuplicateKeys duplicates = new DuplicateKeys(admin.service());
    private Authorization authorization = new Authorization(reports, duplicates, NONE);

    @AfterEach
    void stop() {
        authorization.deactivate();
    }

    @Test
    void withoutAConfigurationEverythingIsDenied() {
        assertFalse(aliceMayRead());
        assertSame(EntryMap.CLOSED, authorization.map());
    }

    @Test
    void aConfigurationIsInForceAtOnce() {
        authorization.modified(GOOD);
        assertTrue(aliceMayRead());
        assertTrue(report().taken());
    }

    @Test
    void whoAsksIsToldWhichGroupsTheMapNamesAtOnceAndWheneverThatChanges() {
        List<Set<String>> told = new ArrayList<>();
        authorization.addGroups(told::add);
        authorization.modified(
                configuration("entry.a", "queue://a read=*,readers admin=keepers", "temporary", "write=guests"));
        authorization.modified(configuration("entry.a", "queue://a raed=nobody"));
        GroupsListener late = told::add;
        authorization.addGroups(late);
        authorization.removeGroups(late);
        authorization.deactivate();
        Set<String> named = Set.of("readers", "keepers", "guests");
        assertEquals(List.of(Set.of(), named, named, Set.of()), told);
    }

    @Test
    void anUnreadableMapAtTheStartDeniesEverything() {
        authorization.deactivate();
        authorization =
                new Authorization(reports, duplicates, configuration("entry.own", "queue://user.{user} raed=users"));
        assertFalse(aliceMayRead());
        assertFalse(report().taken());
    }

    @Test
    void aRefusedChangeLeavesTheLastGoodMapInForce() {
        authorization.modified(GOOD);
        EntryMap good = authorization.map();
        authorization.modified(configuration("entry.own", "queue://other read=users", "entry.bad", "queue://a raed=b"));
        assertSame(good, authorization.map());
        assertTrue(aliceMayRead());
    }

    @Test
    void aRefusalNamesFileKeyValueAndReasonOfAllThatIsWrong() {
        Map<String, Object> bad = configuration(
                "entry.a",
                "queue://user.{user}.> read=users",
                "entry.b",
                "queue://b raed=users",
                "entri.c",
                "queue://c",
                "temporary",
                "read=a read=b",
                "audit.allowed",
                "yes",
                "entry.",
                "queue://d");
        bad.put(
                "felix.fileinstall.filename",
                folder.resolve("gatepost.authorization.cfg").toUri().toString());
        authorization.modified(bad);
        List<String> problems =
                report().problems().stream().map(Object::toString).toList();
        assertEquals(6, problems.size(), problems.toString());
        assertTrue(
                problems.contains(
                        "etc/gatepost.authorization.cfg: entry.b = queue://b raed=users: expected read=, write= or "
                                + "admin= with groups separated by commas and no blanks, not raed=users"),
                problems.toString());
        for (String key : List.of("entry.a = ", "entri.c = ", "temporary = ", "audit.allowed = ", "entry. = ")) {
            assertTrue(problems.stream().anyMatch(problem -> problem.contains(key)), key + problems);
        }
    }

    @Test
    void aKeyThatTheFileHasTwiceRefusesIt() throws Exception {
        Path file = Files.writeString(folder.resolve("gatepost.authorization.cfg"), """
                entry.own = queue://user.{user} read=users
                # the second collapses into the first before Config Admin sees it
                entry.own = queue://> read=users
                """);
        Map<String, Object> properties = configuration("entry.own", "queue://> read=users");
        properties.put("felix.fileinstall.filename", file.toUri().toString());
        authorization.modified(properties);
        assertEquals(
                "etc/gatepost.authorization.cfg: entry.own: the key is there more than once",
                report().problems().get(0).toString());
        assertFalse(aliceMayRead());
    }

    @Test
    void aKeyThatTheFileHadTwiceWhenItWasChangedRefusesItThoughTheFileWasTidiedSince() throws Exception {
        Path file = Files.writeString(
                folder.resolve("gatepost.authorization.cfg"), "entry.own = queue://a\nentry.own = queue://>\n");
        Map<String, Object> properties = configuration("entry.own", "queue://> read=users");
        properties.put("felix.fileinstall.filename", file.toUri().toString());
        duplicates.configurationEvent(admin.updated(properties));
        Files.writeString(file, "entry.own = queue://> read=users\n");
        authorization.modified(properties);
        assertFalse(report().taken());
        duplicates.configurationEvent(admin.updated(properties));
        authorization.modified(properties);
        assertTrue(report().taken());
    }

    @Test
    void anEmptyFileIsAFileThatIsBeingWritten() {
        authorization.modified(GOOD);
        EntryMap good = authorization.map();
        authorization.modified(configuration());
        assertSame(good, authorization.map());
    }

    @Test
    void aFileWhoseLinesAreAllCommentsDeniesEverybodyAndSaysSo() throws Exception {
        authorization.modified(GOOD);
        Path file = Files.writeString(
                folder.resolve("gatepost.authorization.cfg"), "# entry.own = queue://user.{user} read=users\n");
        Map<String, Object> properties = configuration();
        properties.put("felix.fileinstall.filename", file.toUri().toString());
        authorization.modified(properties);
        assertFalse(aliceMayRead());
        assertEquals("it has no entries, so everybody is denied", report().note());
    }

    @Test
    void entriesThatMakeOneQueueThatOfTwoUsersAreRefused() {
        authorization.modified(GOOD);
        authorization.modified(configuration(
                "entry.own",
                "queue://user.{user} read=users",
                "entry.private",
                "queue://user.{user}.private read=users"));
        assertEquals("entry.private", report().problems().get(0).key());
        assertTrue(aliceMayRead());
    }

    @Test
    void removingTheConfigurationDeniesEverything() {
        authorization.modified(GOOD);
        authorization.modified(NONE);
        assertSame(EntryMap.CLOSED, authorization.map());
        assertTrue(reports.all().isEmpty());
        authorization.modified(GOOD);
        assertTrue(aliceMayRead());
    }

    @Test
    void deactivatingDeniesEverythingToWhoeverStillHoldsTheFilter() {
        authorization.modified(GOOD);
        authorization.deactivate();
        assertSame(EntryMap.CLOSED, authorization.map());
    }

    @Test
    void typedValuesMeanWhatTheSameLineMeansInAPlainFile() {
        Map<String, Object> typed = configuration();
        typed.put("entry.own", new String[] {"queue://user.{user}", "read=users"});
        typed.put("entry.two", List.of("queue://b read=users"));
        typed.put("audit.allowed", true);
        typed.put("temporary", new String[] {"read=users", "write=users"});
        authorization.modified(typed);
        assertTrue(report().taken(), report().toString());
        assertTrue(aliceMayRead());
        assertTrue(authorization
                .map()
                .decideTemporary(new User("alice", List.of("users")), Operation.WRITE)
                .allowed());
        assertFalse(authorization
                .map()
                .decideTemporary(new User("alice", List.of("users")), Operation.ADMIN)
                .allowed());
    }

    @Test
    void aQuotedLineInAPlainFileIsRefused() {
        authorization.modified(configuration("entry.own", "\"queue://user.{user} read=users\""));
        assertFalse(report().taken());
    }

    private boolean aliceMayRead() {
        return authorization
                .map()
                .decide(new User("alice", List.of("users")), Operation.READ, Destination.queue("user.alice"))
                .allowed();
    }

    private ConfigurationReport report() {
        return reports.all().get(0);
    }

    private static Map<String, Object> configuration(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", Authorization.PID, "component.name", "x"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
