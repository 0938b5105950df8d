package gatepost.authentication;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.api.OwnAccount;
import gatepost.authentication.api.PageTokens;
import gatepost.authentication.realm.HashedPasswords;
import gatepost.authentication.realm.TestDatabase;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.session.UserNews;
import gatepost.authentication.token.KeyFault;
import gatepost.authentication.token.TokenFixture;
import gatepost.authentication.token.TokenRefused;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.GroupsListener;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations;
import gatepost.contracts.SessionReview;
import gatepost.contracts.UserGroups;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.login.Configuration;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.jaas.GroupPrincipal;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationServiceTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final TestBundle bundle = new TestBundle();
    private final ConfigurationReports reports = new LoggingConfigurationReports();
    private final List<AuthenticationService> started = new ArrayList<>();
    private Path users;
    private Broker chain;

    @BeforeEach
    void write() throws IOException {
        users = folder.resolve("users.properties");
        Files.writeString(users, "system = manager,_g_:admins\nalice = alice,_g_:users\n");
        Configuration.setConfiguration(
                new TestRealm(() -> bundle.services(JaasRealm.class).get(0)));
    }

    @AfterEach
    void stop() {
        started.forEach(AuthenticationService::deactivate);
        Configuration.setConfiguration(null);
    }

    private Map<String, Object> with(String... keysAndValues) {
        Map<String, Object> properties = new TreeMap<>(Map.of("users.file", users.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private AuthenticationService start(Map<String, Object> properties) {
        AuthenticationService service = new AuthenticationService(bundle.context(), properties, reports);
        started.add(service);
        return service;
    }

    private TestConnection connect(String login, String passcode) throws Exception {
        if (chain == null) {
            chain = bundle.services(BrokerPlugin.class).get(0).installPlugin(new BrokerFilter(null) {
                @Override
                public void addConnection(ConnectionContext context, ConnectionInfo info) {
                    // whoever comes this far is in
                }

                @Override
                public BrokerService getBrokerService() {
                    BrokerService memory = new BrokerService();
                    memory.setPersistent(false);
                    return memory;
                }
            });
        }
        TestConnection client = new TestConnection("stomp://127.0.0.1:1");
        ConnectionInfo info = new ConnectionInfo();
        info.setUserName(login);
        info.setPassword(passcode);
        chain.addConnection(client.context, info);
        return client;
    }

    private static Set<Principal> principals(TestConnection client) {
        return client.context.getSecurityContext().getPrincipals();
    }

    @Test
    void pluginIsOfferedOnceThereIsAConfiguration() throws Exception {
        AuthenticationService service = start(Map.of("service.pid", "gatepost.authentication"));
        assertEquals(List.of(), bundle.services(BrokerPlugin.class));
        service.modified(with());
        assertEquals("authentication", bundle.property(BrokerPlugin.class, "gatepost.plugin"));
        assertEquals("system", connect("system", "manager").context.getUserName());
        assertThrows(SecurityException.class, () -> connect("system", "wrong"));
        assertTrue(reports.all().get(0).taken());
    }

    @Test
    void aConfigurationIsReportedAsTakenOnlyOnceTheGateIsThere() {
        List<Integer> gates = new ArrayList<>();
        ConfigurationReports asked = (ConfigurationReports) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationReports.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("taken")) {
                        gates.add(bundle.services(BrokerPlugin.class).size());
                    }
                    return method.invoke(reports, arguments);
                });
        started.add(new AuthenticationService(bundle.context(), with(), asked));
        assertEquals(List.of(1, 1), gates, "the report of the PID, and that of the users");
    }

    @Test
    void pluginIsNotOfferedWhenTheFirstConfigurationCannotBeUsed() {
        start(with("anonymous", "maybe"));
        assertEquals(List.of(), bundle.services(BrokerPlugin.class));
        assertEquals("anonymous", reports.all().get(0).problems().get(0).key());
    }

    @Test
    void changeTakesEffectAndOneThatCannotBeUsedOrSaysNothingDoesNot() throws Exception {
        AuthenticationService service = start(with());
        assertThrows(SecurityException.class, () -> connect("", ""));
        service.modified(with("anonymous", "true"));
        assertEquals("anonymous", connect("", "").context.getUserName());
        service.modified(with("anonymous", "false", "throttle.memory", "0"));
        assertEquals("anonymous", connect("", "").context.getUserName());
        service.modified(Map.of("service.pid", "gatepost.authentication"));
        assertEquals("anonymous", connect("", "").context.getUserName());
        assertEquals(1, bundle.services(BrokerPlugin.class).size());
        assertEquals(1, bundle.services(JaasRealm.class).size());
        assertEquals("gatepost", bundle.services(JaasRealm.class).get(0).getName());
    }

    @Test
    void changedUsersFileReachesLiveSessionsWithinTwoSeconds() throws Exception {
        AtomicInteger told = new AtomicInteger();
        SessionReview review = told::incrementAndGet;
        AuthenticationService service = start(with());
        service.addReview(review);
        TestConnection system = connect("system", "manager");
        TestConnection alice = connect("alice", "alice");
        assertEquals(List.of(), alice.errors());
        Files.writeString(users, "alice = alice,_g_:users,_g_:testers\n");
        await().atMost(TWO_SECONDS).until(() -> principals(alice).contains(new GroupPrincipal("testers")));
        await().atMost(TWO_SECONDS).until(() -> !system.errors().isEmpty());
        await().atMost(TWO_SECONDS).until(() -> told.get() == 1);
        service.removeReview(review);
        Files.writeString(users, "alice = alice,_g_:users\n");
        await().atMost(TWO_SECONDS).until(() -> !principals(alice).contains(new GroupPrincipal("testers")));
        assertEquals(1, told.get());
    }

    @Test
    void anotherUsersFileReachesLiveSessions() throws Exception {
        AuthenticationService service = start(with());
        TestConnection alice = connect("alice", "alice");
        assertEquals(List.of(), alice.errors());
        Path other = Files.writeString(folder.resolve("other.properties"), "system = manager\n");
        service.modified(with("users.file", other.toString()));
        assertEquals(List.of("signed out: the account was removed"), alice.errors());
    }

    @Test
    void listenersHearWhoIsInTheUsersFileAtOnceAndWhenItChanges() throws Exception {
        Files.writeString(
                users,
                "alice = alice,_g_:users,_g_:gatepost-routes\na,b = x,users\ngatepost-x = x,users\nanonymous = x\n");
        AuthenticationService service = start(with());
        UserNews news = new UserNews();
        service.addUserListener(news);
        await().atMost(TWO_SECONDS).until(() -> news.all().equals(List.of("listed {alice=[users]}")));
        Files.writeString(users, "alice = changed,_g_:users\nbob = bob\n");
        await().atMost(TWO_SECONDS).until(() -> news.all().size() == 2);
        assertEquals("listed {alice=[users], bob=[]}", news.all().get(1));
        service.removeUserListener(news);
    }

    @Test
    void changedKeyTakesEffectWithinTwoSecondsAndABrokenOneIsReported() throws Exception {
        Path secret = new TokenFixture(folder).file("app.secret", TokenFixture.SECRET);
        start(with("token.keys", "HS256:" + secret));
        ShellTokens tokens = bundle.services(ShellTokens.class).get(0);
        String token = tokens.mint("alice", List.of("users"), Duration.ofMinutes(5), "app");
        assertEquals("alice", connect("", token).context.getUserName());
        Files.writeString(secret, "changed".repeat(10));
        await().atMost(TWO_SECONDS).untilAsserted(() -> assertThrows(TokenRefused.class, () -> tokens.check(token)));
        assertThrows(SecurityException.class, () -> connect("", token));
        Files.writeString(secret, "short");
        await().atMost(TWO_SECONDS).until(() -> !reports.all().get(0).taken());
        assertTrue(reports.all().get(0).problems().get(0).reason().contains("app.secret"));
        String fresh = tokens.mint("alice", List.of("users"), Duration.ofMinutes(5), "");
        assertEquals("alice", connect("alice", fresh).context.getUserName());
    }

    @Test
    void takingAKeyAwayCutsTheSessionsThatItLetInAndNoOthers() throws Exception {
        TokenFixture files = new TokenFixture(folder);
        String one = "HS256:" + files.file("one.secret", TokenFixture.SECRET);
        Path two = files.file("two.secret", "two".repeat(20));
        AuthenticationService service = start(with("token.keys", one + ",HS256:" + two));
        ShellTokens tokens = bundle.services(ShellTokens.class).get(0);
        TestConnection first = connect("", tokens.mint("erin", List.of("users"), Duration.ofMinutes(5), "one"));
        TestConnection second = connect("", tokens.mint("erin", List.of("users"), Duration.ofMinutes(5), "two"));
        TestConnection alice = connect("alice", "alice");
        Files.writeString(two, "two".repeat(20) + "\n");
        service.modified(with("token.keys", one + ",HS256:" + two, "throttle.memory", "700"));
        assertEquals(List.of(), second.errors());
        Files.writeString(two, "2".repeat(40));
        await().atMost(TWO_SECONDS)
                .until(() -> second.errors().equals(List.of("signed out: the key of the token was taken away")));
        assertEquals(List.of(), first.errors());
        service.modified(with("token.keys", "HS256:" + two));
        assertEquals(List.of("signed out: the key of the token was taken away"), first.errors());
        assertEquals(List.of(), alice.errors());
    }

    @Test
    void aKeyFileThatComesAfterItsConfigurationIsTakenByItselfWithinTwoSeconds() throws Exception {
        Path late = folder.resolve("late.secret");
        AuthenticationService service = start(with("token.keys", "HS256:" + late));
        assertEquals(List.of(), bundle.services(BrokerPlugin.class));
        Files.writeString(late, TokenFixture.SECRET);
        await().atMost(TWO_SECONDS).until(() -> reports.all().get(0).taken());
        assertEquals("system", connect("system", "manager").context.getUserName());
        Path later = folder.resolve("later.secret");
        service.modified(with("token.keys", "HS256:" + later));
        assertFalse(reports.all().get(0).taken());
        Files.writeString(later, TokenFixture.SECRET);
        await().atMost(TWO_SECONDS).until(() -> reports.all().get(0).taken());
        Files.delete(later);
        await().atMost(TWO_SECONDS).until(() -> !reports.all().get(0).taken());
        Files.writeString(later, TokenFixture.SECRET);
        await().atMost(TWO_SECONDS).until(() -> reports.all().get(0).taken());
    }

    private ConfigurationReport users() {
        return reports.all().stream()
                .filter(report -> report.pid().equals("gatepost.users"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aUsersFileThatCannotBeUsedIsReportedAndLeavesTheLastGoodOneInForce() throws Exception {
        start(with());
        assertTrue(users().taken());
        TestConnection alice = connect("alice", "alice");
        Files.writeString(users, "alice = C:\\users,_g_:users\n");
        await().atMost(TWO_SECONDS).until(() -> !users().taken());
        assertEquals("line 1", users().problems().get(0).key());
        assertEquals("system", connect("system", "manager").context.getUserName());
        assertEquals(List.of(), alice.errors());
        assertTrue(reports.all().get(0).taken());
        Files.writeString(users, "");
        await().atMost(TWO_SECONDS).until(() -> users().outcome() == ConfigurationReport.Outcome.AWAITED);
        Files.writeString(users, "alice = alice\nbob =\n");
        await().atMost(TWO_SECONDS)
                .until(() -> users().taken() && users().note().contains("bob has no password"));
        assertEquals("alice", connect("alice", "alice").context.getUserName());
    }

    @Test
    void aGroupThatNoEntryNamesIsReportedAndWhoIsInItSignsInAllTheSame() throws Exception {
        Files.writeString(users, "system = manager,_g_:admins\nalice = alice,_g_:staf\nbob = bob,_g_:staf\n");
        AuthenticationService service = start(with());
        GroupsListener map = bundle.services(GroupsListener.class).get(0);
        assertEquals("", users().note(), "nobody has said yet what the map names");
        map.named(Set.of("users", "staff"));
        assertEquals(
                "line 2: alice and 1 more are in the group staf, which opens nothing: no entry of the entry map names it, "
                        + "only staff, users",
                users().note());
        assertEquals("alice", connect("alice", "alice").context.getUserName());
        map.named(Set.of("users", "staf"));
        assertEquals("", users().note());
        map.named(Set.of("users"));
        Files.writeString(users, "system = manager,_g_:admins\nalice = alice,_g_:users\nbob = bob,_g_:staf\n");
        await().atMost(TWO_SECONDS).until(() -> users().note().startsWith("line 3: bob is in the group staf, "));
        service.modified(with("trusted.groups", "admins,staf"));
        assertEquals("", users().note());
        map.named(Set.of());
        assertEquals("", users().note());
    }

    @Test
    void theSameIsNotReportedAgain() throws Exception {
        Files.writeString(users, "alice = alice,_g_:staf\n");
        start(with());
        GroupsListener map = bundle.services(GroupsListener.class).get(0);
        map.named(Set.of("users"));
        ConfigurationReport first = users();
        map.named(Set.of("users"));
        assertSame(first, users());
    }

    @Test
    void commandsKnowUsersGroupsAndKeys() throws Exception {
        Path secret = new TokenFixture(folder).file("app.secret", TokenFixture.SECRET);
        Path open = new TokenFixture(folder).file("open.pem", TokenFixture.publicPem(TokenFixture.ed25519()));
        start(with("token.keys", "EdDSA:" + open + ",HS256:" + secret, "token.groups", "users,testers"));
        ShellTokens tokens = bundle.services(ShellTokens.class).get(0);
        assertEquals(Set.of("alice", "system"), tokens.users());
        assertEquals(Set.of("users", "testers"), tokens.groups());
        assertEquals(List.of("app"), tokens.signingKeys());
        UserGroups groups = bundle.services(UserGroups.class).get(0);
        assertEquals(Optional.of(Set.of("admins")), groups.groupsOf("system"));
        assertEquals(Optional.empty(), groups.groupsOf("nobody"));
        assertEquals(Set.of("alice", "system"), groups.listed().users());
        assertEquals(
                "app",
                tokens.check(tokens.mint("erin", List.of("users"), Duration.ofSeconds(9), ""))
                        .keyId());
        assertThrows(KeyFault.class, () -> tokens.mint("erin", List.of("users"), Duration.ofSeconds(9), "open"));
    }

    @Test
    void pagesGetTokensForThemselvesAndForTheAccountsThatShipAndHaveTheirPasswordsStill() throws Exception {
        Files.writeString(users, "alice = alice,_g_:users\nbob = changed,_g_:users\n");
        AuthenticationService service = start(with());
        PageTokens tokens = bundle.services(PageTokens.class).get(0);
        assertEquals(
                PageTokens.CONSOLE_PAGE,
                connect("", tokens.console(TWO_SECONDS)).context.getUserName());
        assertEquals(
                "gatepost-console-admin.ann",
                connect(
                                "",
                                tokens.operator("gatepost-console-admin.ann", TWO_SECONDS)
                                        .orElseThrow())
                        .context
                        .getUserName());
        assertTrue(tokens.operator("gatepost-console-admin.a b", TWO_SECONDS).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> tokens.operator("alice", TWO_SECONDS));
        assertEquals(
                "alice",
                connect("", tokens.shipped("alice", TWO_SECONDS).orElseThrow())
                        .context
                        .getUserName());
        assertTrue(tokens.shipped("bob", TWO_SECONDS).isEmpty());
        assertTrue(tokens.shipped("carol", TWO_SECONDS).isEmpty());
        service.modified(with("default.accounts", "nowhere"));
        assertTrue(tokens.shipped("alice", TWO_SECONDS).isEmpty());
    }

    @Test
    void ownAccountsAndHashedPasswordsAreOfferedFromTheStart() throws Exception {
        start(with());
        assertEquals(
                Set.of(OwnAccount.WELCOME, OwnAccount.ROUTES, OwnAccount.CONSOLE, OwnAccount.TRY),
                Set.copyOf(bundle.services(OwnAccount.class).stream()
                        .map(OwnAccount::name)
                        .toList()));
        assertEquals(HashedPasswords.NAME, bundle.property(EncryptionService.class, "name"));
        OwnAccount account = bundle.services(OwnAccount.class).get(0);
        assertEquals(account.name(), bundle.property(OwnAccount.class, OwnAccount.NAME_PROPERTY));
        assertEquals(
                account.name(),
                connect(account.name(), account.passcode()).context.getUserName());
    }

    @Test
    void nothingIsLeftOnceItStops() {
        start(with());
        started.forEach(AuthenticationService::deactivate);
        started.clear();
        assertTrue(bundle.isEmpty());
        assertEquals(List.of(), reports.all());
        await().atMost(TWO_SECONDS)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("gatepost-authentication") && thread.isAlive()));
    }

    @Test
    void aPasswordThatADatabaseFoundRightIsAskedAboutAgainOnceItsUserIsRevokedOrTheConfigurationChanges()
            throws Exception {
        try (TestDatabase database = new TestDatabase()) {
            database.with("erin", "first", "users");
            Map<String, Object> jdbc = with("realm", "jdbc", "jdbc.datasource", "osgi:javax.sql.DataSource/(name=u)");
            AuthenticationService service = start(jdbc);
            connect("erin", "first");
            database.with("erin", "second", "users");
            connect("erin", "first");
            bundle.services(Revocations.class)
                    .get(0)
                    .revoke(List.of(Revocation.issuedBefore(
                            "erin", Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MILLIS))));
            assertThrows(SecurityException.class, () -> connect("erin", "first"));

            connect("erin", "second");
            database.with("erin", "third", "users");
            connect("erin", "second");
            service.modified(jdbc);
            assertThrows(SecurityException.class, () -> connect("erin", "second"));
            connect("erin", "third");
        }
    }
}
