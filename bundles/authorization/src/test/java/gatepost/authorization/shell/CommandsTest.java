package gatepost.authorization.shell;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.Authorization;
import gatepost.authorization.AuthorizationPlugin;
import gatepost.authorization.Components;
import gatepost.authorization.DuplicateKeys;
import gatepost.authorization.FakeConfigurationAdmin;
import gatepost.authorization.broker.StompClient;
import gatepost.authorization.broker.TestBroker;
import gatepost.authorization.review.AuthorizationCheck;
import gatepost.authorization.review.Review;
import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationChecks;
import gatepost.configuration.ConfigurationFile;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations;
import gatepost.contracts.UserGroups;
import gatepost.metrics.view.ConnectionView;
import gatepost.metrics.view.ConnectionView.ConnectionRow;
import gatepost.metrics.view.SessionView;
import gatepost.metrics.view.SessionView.SessionRow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell's commands, run as the shell runs them, over the shipped map and live clients. */
class CommandsTest {

    private static final Path SHIPPED = Path.of("../../etc/gatepost.authorization.cfg");

    @TempDir
    private Path folder;

    private Authorization authorization;
    private TestBroker broker;
    private StompClient alice;

    @BeforeEach
    void start() throws Exception {
        Map<String, Object> shipped =
                new HashMap<>(ConfigurationFile.read(SHIPPED).values());
        shipped.put("service.pid", Authorization.PID);
        authorization = new Authorization(
                new LoggingConfigurationReports(), new DuplicateKeys(new FakeConfigurationAdmin().service()), shipped);
        broker = new TestBroker(new AuthorizationPlugin(authorization));
        alice = broker.client("alice", "users");
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
    }

    @AfterEach
    void stop() throws Exception {
        alice.close();
        broker.close();
    }

    @Test
    void aclListShowsTheMapInForce() throws Exception {
        String text = run(new AclListCommand(), Map.of("noFormat", true));
        assertTrue(text.contains("own-queue\tqueue://user.{user}\tusers\t\tusers"), text);
        assertTrue(text.contains("temporary\ttemporary destinations\tadmins,users\tadmins,users\tadmins,users"), text);
    }

    @Test
    void aclCheckNamesTheEntryThatDecided() throws Exception {
        assertEquals("""
                allowed: read queue://user.alice for alice in [users]
                decided by: own-queue
                  admins = queue://> read=admins write=admins admin=admins
                  console-admin = queue://> read=gatepost-console-admin write=gatepost-console-admin admin=gatepost-console-admin
                  own-queue = queue://user.{user} read=users admin=users
                  publishers = queue://user.> write=publishers
                  routes = queue://user.> write=gatepost-routes admin=gatepost-routes
                  try-alice = queue://user.alice write=gatepost-try admin=gatepost-try
                  welcome = queue://user.> write=gatepost-welcome admin=gatepost-welcome
                """, check("alice", "read", "/queue/user.alice", null));
    }

    @Test
    void aclCheckSaysWhyNot() throws Exception {
        assertTrue(check("alice", "read", "queue://user.bob", null).startsWith("""
                denied: read queue://user.bob for alice in [users]
                because: no entry allows it
                  admins =\s"""));
        assertTrue(
                check("alice", "read", "/queue/user.*", null).contains("because: no single entry allows everything"));
        assertTrue(check("system", "write", "/queue/>", "admins").contains("because: a send to a wildcard is refused"));
        assertTrue(check("alice", "read", "/queue/user.alice,/queue/user.bob", null)
                .startsWith("denied"));
        assertTrue(check("alice", "read", "/remote-temp-queue/ID:x:1", null).contains("only the connection that made"));
    }

    @Test
    void aclCheckTakesGroupsFromTheOptionTheSessionsOrTheUsersFile() throws Exception {
        assertTrue(check("alice", "read", "a", "admins, x")
                .startsWith("allowed: read queue://a for alice in [admins, x]"));
        assertTrue(check("carol", "read", "user.carol", null)
                .startsWith("allowed: read queue://user.carol for carol in [users]"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> check("dave", "read", "a", null))
                .getMessage()
                .contains("give --groups"));
        assertThrows(IllegalArgumentException.class, () -> check("alice", "browse", "a", null));
    }

    @Test
    void aclDiffShowsChangedEntriesAndTheSessionsThatWouldBeCut() throws Exception {
        String changed = Files.readString(SHIPPED).replace("read=users   admin=users", "read=staff   admin=users");
        Path file = Files.writeString(folder.resolve("changed.cfg"), changed);
        String text = run(new AclDiffCommand(), Map.of("file", file.toString(), "noFormat", true));
        assertTrue(
                text.contains("changed\town-queue\tqueue://user.{user} read=users admin=users\t"
                        + "queue://user.{user} read=staff admin=users"),
                text);
        assertTrue(text.contains("alice\ttcp://") || text.contains("alice\tstomp://"), text);
        assertTrue(text.contains("queue://user.alice"), text);
        assertEquals(1, authorization.sessions().size());
        String same = run(new AclDiffCommand(), Map.of("file", SHIPPED.toString()));
        assertTrue(same.contains("No entry would change") && same.contains("No session would be cut"), same);
    }

    @Test
    void aclDiffSaysWhatWouldBeRefused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("bad.cfg"), "entry.a = queue://a raed=x\nentry.a = queue://b\nx = y\n");
        String text = run(new AclDiffCommand(), Map.of("file", file.toString()));
        assertTrue(text.startsWith("It would be refused"), text);
        assertTrue(text.contains(file + ": entry.a: the key is there more than once"), text);
        assertTrue(text.contains(file + ": x = y: unknown key"), text);
    }

    @Test
    void theCheckOfAConfigurationTellsTheSameToOtherBundles() throws Exception {
        ConfigurationChecks checks = new ConfigurationChecks();
        checks.addCheck(new AuthorizationCheck(authorization), Map.of(ConfigurationCheck.PID, Authorization.PID));
        String name = "gatepost.authorization.cfg";
        String shipped = Files.readString(SHIPPED);
        assertEquals(List.of(), checks.check(name, shipped).effects());
        List<String> effects = checks.check(
                        name, shipped.replace("read=users   admin=users", "read=staff   admin=users"))
                .effects();
        assertEquals(1, effects.size());
        assertTrue(
                effects.get(0)
                        .matches(
                                "A session of alice from \\w+://\\S+ would be cut: it might no longer read queue://user.alice\\."),
                effects.get(0));
        assertEquals(
                "It has no entries: everybody would be denied.",
                checks.check(name, "# nothing\n").effects().get(0));
        assertEquals(
                List.of("entry.a", "x"),
                checks.check(name, "entry.a = queue://a raed=x\nx = y\n").problems().stream()
                        .map(Problem::key)
                        .sorted()
                        .toList());
        assertEquals(1, authorization.sessions().size());
    }

    @Test
    void aclImportPrintsTheTalksMap() throws Exception {
        Path talk = Path.of(getClass().getResource("/talk.xml").toURI());
        assertTrue(run(new AclImportCommand(), Map.of("file", talk.toString()))
                .startsWith("entry.imported-1 = queue://> read="));
    }

    @Test
    void sessionListShowsWhoIsThere() throws Exception {
        String text = run(new SessionListCommand(), Map.of("noFormat", true));
        assertTrue(text.contains("\talice\tusers\talice/alice-id\t"), text);
        assertTrue(text.endsWith("\tqueue://user.alice\n"), text);
        assertEquals("", run(new SessionListCommand(), Map.of("noFormat", true, "user", "bob")));
        assertTrue(run(new SessionListCommand(), Map.of("json", true)).contains("\"clientId\" : \"alice/alice-id\""));
    }

    @Test
    void sessionListTellsWhatTheTransportKnows() throws Exception {
        String id = authorization.sessions().get(0).id();
        SessionView looks =
                () -> List.of(new SessionRow(id, "alice", "", Optional.of(Instant.EPOCH), List.of(), 4096, 17));
        ConnectionView connections =
                session -> Optional.of(new ConnectionRow("ws", 5000, 10_000)).filter(row -> session.equals(id));

        String text =
                run(new SessionListCommand(), Map.of("noFormat", true, "looks", looks, "connections", connections));

        assertTrue(text.matches("(?s).*\twss?\t[^\t]*Z\t\t17\t4096\t5000,10000\tqueue://user.alice\n"), text);
    }

    @Test
    void sessionListShowsNoMoreRowsThanAskedFor() throws Exception {
        try (StompClient bob = broker.client("bob", "users")) {
            String text = run(new SessionListCommand(), Map.of("limit", 1));
            assertTrue(text.contains("alice") && !text.contains("bob") && text.contains("and 1 more"), text);
        }
    }

    @Test
    void sessionCloseClosesOneOrAllOfAUser() throws Exception {
        String id = authorization.sessions().get(0).id();
        assertEquals("0 sessions are closed\n", run(new SessionCloseCommand(), Map.of("user", "bob")));
        assertEquals("1 session is closed\n", run(new SessionCloseCommand(), Map.of("id", id)));
        assertEquals("Closed by an operator", StompClient.message(alice.receive()));
        await().until(() -> authorization.sessions().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> run(new SessionCloseCommand(), Map.of()));
    }

    @Test
    void sessionRevokeRevokesAndListsAndTakesBack() throws Exception {
        Revoked revoked = new Revoked();
        assertEquals(
                "2 revocations are in force; 2 sessions are closed\n",
                run(
                        new SessionRevokeCommand(),
                        Map.of("revocations", revoked, "users", List.of("alice"), "tokens", List.of("t1"))));
        run(
                new SessionRevokeCommand(),
                Map.of("revocations", revoked, "users", List.of("bob"), "before", "2026-11-28T09:00:00Z"));
        run(new SessionRevokeCommand(), Map.of("revocations", revoked, "users", List.of("eve"), "before", "17"));
        assertEquals(
                List.of(
                        Revocation.user("alice"),
                        Revocation.token("t1"),
                        Revocation.issuedBefore("bob", Instant.parse("2026-11-28T09:00:00Z")),
                        Revocation.issuedBefore("eve", Instant.ofEpochSecond(17))),
                revoked.all);
        String list = run(new SessionRevokeCommand(), Map.of("revocations", revoked, "list", true, "noFormat", true));
        assertTrue(list.contains("user\talice\t\t"), list);
        assertTrue(list.contains("token\tt1\t\t"), list);
        assertTrue(list.contains("issued before\tbob\t2026-11-28T09:00:00Z\t"), list);

        assertEquals(
                "2 revocations are taken back\n",
                run(
                        new SessionRevokeCommand(),
                        Map.of("revocations", revoked, "users", List.of("alice", "bob", "no"), "undo", true)));
        revoked.durable = false;
        assertEquals(
                "1 revocation is in force; 1 session is closed. The broker keeps nothing (store = memory), so that this is "
                        + "in force until Gatepost stops\n",
                run(new SessionRevokeCommand(), Map.of("revocations", revoked, "tokens", List.of("t2"))));
    }

    @Test
    void sessionRevokeSaysWhatItExpects() {
        Revoked revoked = new Revoked();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("list", true, "users", List.of("alice")),
                Map.of("undo", true),
                Map.of("before", "now"),
                Map.of("before", "now", "tokens", List.of("t1")),
                Map.of("before", "now", "users", List.of("alice"), "undo", true),
                Map.of("before", "yesterday", "users", List.of("alice")),
                Map.of("users", List.of("alice", "--undo")))) {
            Map<String, Object> fields = new HashMap<>(wrong);
            fields.put("revocations", revoked);
            assertThrows(
                    IllegalArgumentException.class, () -> run(new SessionRevokeCommand(), fields), wrong.toString());
        }
        assertEquals(List.of(), revoked.all);
    }

    /** Cuts a session for each. */
    private static final class Revoked implements Revocations {

        private final List<Revocation> all = new ArrayList<>();
        private boolean durable = true;

        @Override
        public int revoke(Collection<Revocation> revocations) {
            all.addAll(revocations);
            return revocations.size();
        }

        @Override
        public boolean undo(Revocation revocation) {
            return all.removeIf(
                    one -> one.kind() == revocation.kind() && one.name().equals(revocation.name()));
        }

        @Override
        public List<InForce> inForce() {
            return all.stream()
                    .map(one -> new InForce(one, Instant.EPOCH, Instant.EPOCH))
                    .toList();
        }

        @Override
        public boolean areDurable() {
            return durable;
        }
    }

    @Test
    void aChangedMapFromConfigAdminCutsLiveSessions() throws Exception {
        Map<String, Object> changed = Map.of("service.pid", Authorization.PID, "entry.a", "queue://a read=users");
        Components.call(authorization, "modified", changed);
        assertEquals("Denied: read queue://user.alice", StompClient.message(alice.receive()));
    }

    private String check(String user, String operation, String destination, String groups) throws Exception {
        Map<String, Object> fields =
                new HashMap<>(Map.of("user", user, "operation", operation, "destination", destination));
        fields.put("groups", groups);
        UserGroups usersFile = Components.answering(
                UserGroups.class,
                "groupsOf",
                () -> user.equals("carol") ? Optional.of(Set.of("users")) : Optional.empty());
        fields.put("review", new Review(authorization, usersFile));
        return run(new AclCheckCommand(), fields);
    }

    private String run(Action command, Map<String, Object> fields) throws Exception {
        List<Field> all = new ArrayList<>(List.of(command.getClass().getDeclaredFields()));
        all.addAll(List.of(command.getClass().getSuperclass().getDeclaredFields()));
        for (Field field : all) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            if (field.getType() == Authorization.class) {
                field.set(command, authorization);
            } else if (fields.containsKey(field.getName())) {
                field.set(command, fields.get(field.getName()));
            }
        }
        PrintStream terminal = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            command.execute();
        } finally {
            System.setOut(terminal);
        }
        // a table without borders still pads its columns
        return text.toString(StandardCharsets.UTF_8).replaceAll(" *\t *", "\t");
    }
}
