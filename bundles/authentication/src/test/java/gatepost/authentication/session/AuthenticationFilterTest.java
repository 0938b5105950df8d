package gatepost.authentication.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.TestConnection;
import gatepost.authentication.api.OwnAccount;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.LoginRules;
import gatepost.authentication.login.OwnAccounts;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.revocation.RevocationIndex;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.throttle.ThrottleRules;
import gatepost.authentication.token.TokenFixture;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenMint;
import gatepost.authentication.token.TokenRules;
import gatepost.authentication.token.TokenVerifier;
import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.contracts.SessionCuts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.jaas.GroupPrincipal;
import org.apache.activemq.jaas.UserPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationFilterTest {

    private static final String LOOPBACK = "stomp://127.0.0.1:50412";
    private static final TokenRules TOKENS = new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ZERO, 8192);

    @TempDir
    Path folder;

    private final InstantSource clock = InstantSource.system();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final ScheduledThreadPoolExecutor closing = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger changes = new AtomicInteger();
    private final Announcements announcements = new Announcements(Runnable::run);
    private final RevocationIndex revoked = new RevocationIndex(clock);
    private final Sessions sessions =
            new Sessions(changes::incrementAndGet, announcements, new SessionCuts(closing), scheduler, revoked, clock);
    private final RefreshBudget budget = new RefreshBudget(clock);
    private final OwnAccounts ownAccounts = new OwnAccounts();
    private final Next next = new Next();
    private Path file;
    private UsersFile usersFile;
    private TokenKeys keys;
    private Broker filter;

    /** What comes after authentication in the chain. */
    private static final class Next extends BrokerFilter {

        private final List<String> connected = new CopyOnWriteArrayList<>();
        private Exception refuseWith;
        private Runnable meanwhile = () -> {};

        Next() {
            super(null);
        }

        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
            meanwhile.run();
            if (refuseWith != null) {
                throw refuseWith;
            }
            connected.add(info.getClientId());
        }

        @Override
        public void removeConnection(ConnectionContext context, ConnectionInfo info, Throwable error) {
            connected.remove(info.getClientId());
        }
    }

    @BeforeEach
    void install() throws Exception {
        file = folder.resolve("users.properties");
        Files.writeString(file, "system = manager,_g_:admins\nalice = alice,_g_:users\n");
        usersFile = UsersFile.at(file);
        TokenFixture files = new TokenFixture(folder);
        files.file("app.secret", TokenFixture.SECRET);
        keys = files.keys("HS256:app.secret");
        Authenticator authenticator = new Authenticator(
                new TestRealm(LoginModuleChoice.usersFile(file)).login(usersFile),
                usersFile,
                new TokenVerifier(keys, TOKENS, clock),
                ownAccounts,
                new Throttle(new ThrottleRules(100, 100, Duration.ofSeconds(1), Duration.ofSeconds(1)), clock),
                new LoginRules(true, false),
                clock);
        sessions.agreeWith(usersFile);
        scheduler.setRemoveOnCancelPolicy(true);
        filter = new AuthenticationPlugin(() -> authenticator, sessions, budget, () -> false, broker -> {})
                .installPlugin(next);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        closing.shutdownNow();
    }

    private static ConnectionInfo info(String login, String passcode) {
        ConnectionInfo info = new ConnectionInfo();
        info.setUserName(login);
        info.setPassword(passcode);
        info.setClientId("laptop");
        return info;
    }

    private TestConnection connect(String login, String passcode) throws Exception {
        TestConnection client = new TestConnection(LOOPBACK);
        filter.addConnection(client.context, info(login, passcode));
        return client;
    }

    private static Set<Principal> principals(TestConnection client) {
        return client.context.getSecurityContext().getPrincipals();
    }

    private String token(Duration lifetime) throws Exception {
        return new TokenMint(keys, TOKENS, clock).mint("alice", List.of("users"), lifetime, "");
    }

    @Test
    void whatTheTransportHandedOverIsToldWhoSignedInAndTrustChangesWithGroupsAndKey() throws Exception {
        TestConnection connection = new TestConnection(LOOPBACK);
        Client client = new Client(Optional.empty(), List.of());
        ConnectionInfo info = info("system", "manager");
        info.setTransportContext(client);
        Instant before = clock.instant();
        filter.addConnection(connection.context, info);
        Account account = client.account().orElseThrow();
        assertFalse(account.since().isBefore(before) || account.since().isAfter(clock.instant()));
        assertSame(account, Account.of(connection.context).orElseThrow());
        assertEquals("system", account.user());
        assertFalse(account.isTrusted());
        sessions.trust(Set.of("admins"));
        assertTrue(account.isTrusted());
        Files.writeString(file, "system = manager,_g_:plain\n");
        sessions.agreeWith(usersFile);
        assertFalse(account.isTrusted());
        sessions.trust(Set.of("admins", "plain"));
        assertTrue(account.isTrusted());
    }

    @Test
    void whoOnlyCallsHasASessionOfWhichNobodyIsTold() throws Exception {
        UserNews news = new UserNews();
        announcements.add(news);
        TestConnection connection = new TestConnection(LOOPBACK);
        ConnectionInfo info = info("alice", "alice");
        info.setTransportContext(Client.caller(Optional.empty(), List.of()));
        filter.addConnection(connection.context, info);
        OpenSessions open = new OpenSessions(sessions);
        assertEquals(1, open.of("alice").size());
        UserNews later = new UserNews();
        announcements.add(later);
        filter.removeConnection(connection.context, info, null);
        assertEquals(0, open.of("alice").size());
        assertEquals(List.of(), news.all());
        assertEquals(List.of(), later.all());
    }

    @Test
    void nobodyIsSignedInWhoWasRefused() {
        Client client = new Client(Optional.empty(), List.of());
        ConnectionInfo info = info("system", "wrong");
        info.setTransportContext(client);
        assertThrows(SecurityException.class, () -> filter.addConnection(new TestConnection(LOOPBACK).context, info));
        assertTrue(client.account().isEmpty());
    }

    @Test
    void gatepostsOwnAccountsAreTrusted() throws Exception {
        OwnAccount own = ownAccounts.all().get(0);
        assertTrue(Account.of(connect(own.name(), own.passcode()).context)
                .orElseThrow()
                .isTrusted());
        assertFalse(Account.of(connect("alice", "alice").context).orElseThrow().isTrusted());
    }

    @Test
    void contextSaysWhoItIs() throws Exception {
        TestConnection client = connect("system", "manager");
        assertEquals("system", client.context.getSecurityContext().getUserName());
        assertEquals("system", client.context.getUserName());
        assertEquals(Set.of(new UserPrincipal("system"), new GroupPrincipal("admins")), principals(client));
    }

    @Test
    void refusedClientComesNoFurtherAndLearnsNothing() {
        TestConnection client = new TestConnection(LOOPBACK);
        SecurityException refused = assertThrows(
                SecurityException.class, () -> filter.addConnection(client.context, info("alice", "wrong")));
        assertEquals("sign-in refused: unknown user or wrong passcode", refused.getMessage());
        assertNull(refused.getCause());
        assertNull(client.context.getSecurityContext());
        assertEquals(List.of(), next.connected);
    }

    @Test
    void connectionWithoutAnAddressIsNotFromThisMachine() {
        ConnectionContext context = new ConnectionContext();
        assertThrows(SecurityException.class, () -> filter.addConnection(context, info("system", "manager")));
    }

    @Test
    void clientIdIsTheUsersOwn() throws Exception {
        TestConnection client = new TestConnection(LOOPBACK);
        ConnectionInfo info = info("alice", "alice");
        filter.addConnection(client.context, info);
        assertEquals("alice/laptop", info.getClientId());
        assertEquals("alice/laptop", client.context.getClientId());
        assertEquals(List.of("alice/laptop"), next.connected);
        filter.removeConnection(client.context, info, null);
        assertEquals(List.of(), next.connected);
    }

    @Test
    void tokensUserIsTheConnectionsUser() throws Exception {
        ConnectionInfo info = info("", token(Duration.ofMinutes(1)));
        TestConnection client = new TestConnection("wss://192.0.2.7:1");
        filter.addConnection(client.context, info);
        assertEquals("alice", info.getUserName());
        assertEquals("alice", client.context.getUserName());
        assertEquals("alice/laptop", info.getClientId());
    }

    @Test
    void secretIsNotKeptForTheLengthOfTheSession() throws Exception {
        ConnectionInfo info = info("alice", "alice");
        filter.addConnection(new TestConnection(LOOPBACK).context, info);
        assertNull(info.getPassword());
    }

    @Test
    void changedGroupsAreTakenOverByLiveSessions() throws Exception {
        TestConnection alice = connect("alice", "alice");
        TestConnection system = connect("system", "manager");
        Files.writeString(
                file, "system = manager,_g_:admins\nalice = alice,_g_:users,_g_:testers,_g_:gatepost-routes\n");
        sessions.agreeWith(usersFile);
        assertEquals(
                Set.of(new UserPrincipal("alice"), new GroupPrincipal("users"), new GroupPrincipal("testers")),
                principals(alice));
        assertEquals(1, changes.get());
        sessions.agreeWith(usersFile);
        assertEquals(1, changes.get(), "nothing has changed since");
        assertEquals(List.of(), alice.errors());
        assertEquals(List.of(), system.errors());
    }

    @Test
    void whoCameWithATokenOfThePageTryKeepsItsGroup() throws Exception {
        TestConnection alice =
                connect("alice", ownAccounts.tokens().mint("alice", Duration.ofMinutes(1), InstantSource.system()));
        Files.writeString(file, "system = manager,_g_:admins\nalice = alice,_g_:testers\n");
        sessions.agreeWith(usersFile);
        assertEquals(
                Set.of(
                        new UserPrincipal("alice"),
                        new GroupPrincipal("testers"),
                        new GroupPrincipal("gatepost-try-page")),
                principals(alice));
    }

    @Test
    void userWhoIsRemovedIsSignedOutOnce() throws Exception {
        TestConnection alice = connect("alice", "alice");
        TestConnection system = connect("system", "manager");
        Files.writeString(file, "system = manager,_g_:admins\n");
        sessions.agreeWith(usersFile);
        sessions.agreeWith(usersFile);
        assertEquals(List.of("signed out: the account was removed"), alice.errors());
        assertEquals(List.of(), system.errors());
    }

    @Test
    void userWhosePasswordIsChangedIsSignedOut() throws Exception {
        TestConnection alice = connect("alice", "alice");
        Files.writeString(file, "system = manager,_g_:admins\nalice = changed,_g_:users\n");
        sessions.agreeWith(usersFile);
        assertEquals(List.of("signed out: the password was changed"), alice.errors());
    }

    @Test
    void allWhoAreSignedOutGetNoFurtherMessageBeforeTheFirstIsTold() throws Exception {
        List<TestConnection> all = new ArrayList<>();
        List<Boolean> stillGot = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestConnection alice = new TestConnection(
                    LOOPBACK,
                    () -> all.forEach(one -> stillGot.add(one.context.getMessageAuthorizationPolicy() == null)));
            filter.addConnection(alice.context, info("alice", "alice"));
            all.add(alice);
        }
        Files.writeString(file, "system = manager,_g_:admins\n");
        sessions.agreeWith(usersFile);
        assertEquals(Collections.nCopies(9, false), stillGot);
        all.forEach(one -> assertEquals(1, one.errors().size()));
        assertEquals(3, closing.getQueue().size(), "the time of each runs");
    }

    @Test
    void tokensGroupsHoldWhateverTheUsersFileSays() throws Exception {
        TestConnection alice = connect("alice", token(Duration.ofMinutes(1)));
        Files.writeString(file, "system = manager,_g_:admins\n");
        sessions.agreeWith(usersFile);
        assertEquals(List.of(), alice.errors());
        assertEquals(Set.of(new UserPrincipal("alice"), new GroupPrincipal("users")), principals(alice));
    }

    @Test
    void changeDuringSignInIsNotMissed() throws Exception {
        next.meanwhile = () -> {
            try {
                Files.writeString(file, "system = manager,_g_:admins\n");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        assertEquals(
                List.of("signed out: the account was removed"),
                connect("alice", "alice").errors());
    }

    @Test
    void oneSessionThatCannotBeCutDoesNotSaveTheOthers() throws Exception {
        TestConnection broken = new TestConnection(LOOPBACK, () -> {
            throw new IllegalStateException("expected by the test");
        });
        filter.addConnection(broken.context, info("alice", "alice"));
        List<TestConnection> others =
                List.of(connect("alice", "alice"), connect("alice", "alice"), connect("alice", "alice"));
        Files.writeString(file, "system = manager,_g_:admins\n");
        sessions.agreeWith(usersFile);
        others.forEach(other -> assertEquals(1, other.errors().size()));
    }

    @Test
    void sessionEndsWhenItsTokenDoes() throws Exception {
        TestConnection alice = connect("", token(Duration.ofSeconds(2)));
        TestConnection system = connect("system", "manager");
        await().atMost(Duration.ofSeconds(4)).until(() -> alice.errors().size() == 1);
        assertEquals(List.of("signed out: the token has expired"), alice.errors());
        assertEquals(List.of(), system.errors());
    }

    @Test
    void closedSessionLeavesNothingBehind() throws Exception {
        TestConnection alice = connect("", token(Duration.ofHours(1)));
        assertEquals(1, scheduler.getQueue().size());
        filter.removeConnection(alice.context, info("alice", null), null);
        assertEquals(0, scheduler.getQueue().size());
        Files.writeString(file, "system = manager,_g_:admins\n");
        sessions.agreeWith(usersFile);
        assertEquals(List.of(), alice.errors());
    }

    @Test
    void chainThatIsPutTogetherAnewKnowsNoSessionOfTheOneBefore() throws Exception {
        TestConnection alice = connect("alice", "alice");
        connect("", token(Duration.ofHours(1)));
        new AuthenticationPlugin(() -> null, sessions, budget, () -> false, broker -> {}).installPlugin(next);
        Files.writeString(file, "system = manager,_g_:admins\n");
        sessions.agreeWith(usersFile);
        assertEquals(List.of(), alice.errors());
        assertEquals(0, scheduler.getQueue().size());
    }

    @Test
    void connectionThatIsRefusedFurtherInLeavesNothingBehind() throws Exception {
        next.refuseWith = new IllegalStateException("already connected");
        TestConnection client = new TestConnection(LOOPBACK);
        String token = token(Duration.ofHours(1));
        assertSame(
                next.refuseWith,
                assertThrows(IllegalStateException.class, () -> filter.addConnection(client.context, info("", token))));
        assertEquals(0, scheduler.getQueue().size());
    }

    @Test
    void whoSignsInAndOutIsAnnounced() throws Exception {
        UserNews news = new UserNews();
        TestConnection early = connect("alice", "alice");
        announcements.add(news);
        assertThrows(SecurityException.class, () -> connect("alice", "wrong"));
        TestConnection late = connect("", token(Duration.ofMinutes(1)));
        filter.removeConnection(late.context, info("alice", null), null);
        next.refuseWith = new IllegalStateException("already connected");
        assertThrows(IllegalStateException.class, () -> connect("system", "manager"));
        filter.removeConnection(early.context, info("alice", null), null);
        announcements.remove(news);
        next.refuseWith = null;
        connect("system", "manager");
        assertEquals(List.of("in alice [users]", "in alice [users]", "out alice", "out alice"), news.all());
    }

    @Test
    void listenerThatFailsKeepsNobodyOut() throws Exception {
        announcements.add(new UserNews() {
            @Override
            public void signedIn(String user, Set<String> groups) {
                throw new IllegalStateException("expected by the test");
            }
        });
        UserNews news = new UserNews();
        announcements.add(news);
        assertEquals(List.of(), connect("alice", "alice").errors());
        assertEquals(List.of("in alice [users]"), news.all());
    }

    @Test
    void auditLineHoldsNothingThatCouldEndItOrItsValues() {
        assertEquals(
                "\"al\\u000aice\\\" outcome=\\\"accepted\\u2028\"",
                SignInLog.quoted("al\nice\" outcome=\"accepted\u2028"));
        assertFalse(SignInLog.quoted("x".repeat(10_000)).length() > 600);
        assertEquals("\"\"", SignInLog.quoted(null));
    }
}
