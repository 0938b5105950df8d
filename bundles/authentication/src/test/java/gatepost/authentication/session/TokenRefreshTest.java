package gatepost.authentication.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.TestClock;
import gatepost.authentication.TestConnection;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.CheckRules;
import gatepost.authentication.login.LoginRules;
import gatepost.authentication.login.OwnAccounts;
import gatepost.authentication.login.PasswordChecks;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.revocation.RevocationIndex;
import gatepost.authentication.revocation.StoredRevocations;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.throttle.ThrottleRules;
import gatepost.authentication.token.TokenFixture;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenRules;
import gatepost.authentication.token.TokenVerifier;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.Revocation;
import gatepost.contracts.SessionCuts;
import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.TokenAccount;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.jaas.GroupPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that take the place of a live session's, and what ends such a session. */
class TokenRefreshTest {

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final TokenRules RULES =
            new TokenRules(Set.of("users", "guests"), Set.of(), Set.of(), SKEW, 8192, LIFETIME);
    private static final String NOT = "the token was not refreshed: ";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final ScheduledThreadPoolExecutor closing = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger changes = new AtomicInteger();
    private final RevocationIndex revoked = new RevocationIndex(clock);
    private final Sessions sessions = new Sessions(
            changes::incrementAndGet,
            new Announcements(Runnable::run),
            new SessionCuts(closing),
            scheduler,
            revoked,
            clock);
    private final StoredRevocations revocations = new StoredRevocations(revoked, any -> sessions.endRevoked(), clock);
    private final RefreshBudget budget = new RefreshBudget(clock);
    private final List<String> connected = new ArrayList<>();
    private TokenKeys keys;
    private AuthenticationPlugin plugin;
    private Broker filter;
    private int lastConnection;

    private final class Next extends BrokerFilter {

        Next() {
            super(null);
        }

        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) {
            connected.add(info.getUserName());
        }
    }

    @BeforeEach
    void install() throws Exception {
        Path file = folder.resolve("users.properties");
        Files.writeString(file, "system = manager,_g_:admins\nalice = alice,_g_:users\n");
        UsersFile usersFile = UsersFile.at(file);
        TokenFixture files = new TokenFixture(folder);
        files.file("app.secret", TokenFixture.SECRET);
        files.file("next.secret", "next" + TokenFixture.SECRET);
        keys = files.keys("HS256:app.secret", "HS256:next.secret");
        Authenticator authenticator = new Authenticator(
                new TestRealm(LoginModuleChoice.usersFile(file)).login(usersFile),
                usersFile,
                new TokenVerifier(keys, RULES, clock),
                new OwnAccounts(),
                new Throttle(new ThrottleRules(100, 100, Duration.ofSeconds(1), Duration.ofSeconds(1)), clock),
                new PasswordChecks(CheckRules.DEFAULT),
                new LoginRules(true, false),
                revocations::revoked,
                clock);
        sessions.agreeWith(usersFile);
        sessions.keysAre(keys.fingerprints());
        scheduler.setRemoveOnCancelPolicy(true);
        revocations.rules(100, LIFETIME.plus(SKEW));
        revocations.storeIs("none that keeps anything");
        budget.limit(20);
        plugin = new AuthenticationPlugin(() -> authenticator, sessions, budget, () -> false, broker -> {});
        filter = plugin.installPlugin(new Next());
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        closing.shutdownNow();
    }

    private TestConnection connect(String login, String passcode) throws Exception {
        TestConnection client = new TestConnection("stomp://127.0.0.1:50412");
        client.context.setConnectionId(new ConnectionId("ID:" + ++lastConnection));
        ConnectionInfo info = new ConnectionInfo();
        info.setUserName(login);
        info.setPassword(passcode);
        filter.addConnection(client.context, info);
        return client;
    }

    /** @param more claims, {@code null} to take one out */
    private String token(String user, Map<String, Object> more) throws Exception {
        return signed(0, user, more);
    }

    private String signed(int key, String user, Map<String, Object> more) throws Exception {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = TokenFixture.claims(now);
        claims.put("sub", user);
        claims.put("iat", now);
        claims.putAll(more);
        claims.values().removeIf("none"::equals);
        return TokenFixture.sign(keys.all().get(key), claims);
    }

    private static TokenAccount account(TestConnection client) {
        return TokenAccount.of(client.context).orElseThrow();
    }

    private String refusal(TestConnection client, String token) {
        Duration before = account(client).expiresIn();
        String message = assertThrows(
                        SecurityException.class, () -> account(client).refresh(token))
                .getMessage();
        assertEquals(before, account(client).expiresIn(), "it changes nothing");
        for (String part : token.split("\\.")) {
            assertFalse(part.length() > 8 && message.contains(part), message);
        }
        return message;
    }

    private List<Long> timers() {
        return scheduler.getQueue().stream()
                .map(task -> ((Delayed) task).getDelay(TimeUnit.MILLISECONDS) / 1000)
                .toList();
    }

    @Test
    void aRefreshedSessionLastsAsLongAsTheNewTokenAndHasItsGroups() throws Exception {
        TestConnection alice = connect("", token("alice", Map.of()));
        assertEquals(Duration.ofSeconds(100), account(alice).expiresIn());
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(50));
            assertEquals(Duration.ofSeconds(100), account(alice).refresh(" " + token("alice", Map.of()) + "\n"));
        }
        assertEquals(1, timers().size(), "the earlier ends are given up");
        assertEquals(0, changes.get());

        clock.advance(Duration.ofMinutes(2));
        account(alice).refresh(token("alice", Map.of("groups", List.of("guests", "admins"), "exp", inSeconds(3000))));

        assertEquals(1, changes.get(), "the gate is asked");
        assertEquals(Set.of("guests"), groups(alice), "those that count");
        assertTrue(timers().get(0) > 2900, () -> "ends in " + timers());
        assertEquals(List.of(), alice.errors());
    }

    private long inSeconds(long seconds) {
        return clock.instant().getEpochSecond() + seconds;
    }

    private static Set<String> groups(TestConnection client) {
        Set<String> groups = new HashSet<>();
        client.context.getSecurityContext().getPrincipals().forEach(principal -> {
            if (principal instanceof GroupPrincipal) {
                groups.add(principal.getName());
            }
        });
        return groups;
    }

    @Test
    void whatWouldNotLetAliceInDoesNotKeepHerEither() throws Exception {
        TestConnection alice = connect("", token("alice", Map.of("jti", "first")));
        Map<String, String> refused = new HashMap<>();
        refused.put(token("bob", Map.of()), "the new one is another user's");
        refused.put(token("system", Map.of()), "the new one is not accepted");
        refused.put(token("alice", Map.of("exp", inSeconds(-31))), "the new one has expired");
        refused.put(token("alice", Map.of("exp", inSeconds(3631))), "the new one is not accepted");
        refused.put(token("alice", Map.of("exp", "none")), "the new one is not accepted");
        refused.put(token("alice", Map.of()) + "x", "the new one is not accepted");
        refused.put("alice", "the new one is not accepted");
        refused.put("{\"a\"}.b.c", "the new one is not accepted");
        refused.put(TokenFixture.part("{secret") + ".b.c", "the new one is not accepted");
        for (Map.Entry<String, String> one : refused.entrySet()) {
            assertEquals(NOT + one.getValue(), refusal(alice, one.getKey()));
        }
        assertEquals(List.of(), alice.errors());
        assertEquals(
                Optional.of("first"), new OpenSessions(sessions).all().get(0).tokenId());
    }

    @Test
    void anOlderTokenIsRefused() throws Exception {
        String before = token("alice", Map.of("exp", inSeconds(3000)));
        clock.advance(Duration.ofSeconds(1));
        TestConnection alice = connect("", token("alice", Map.of()));
        String older = "the new one is older than the one in force";
        assertEquals(NOT + older, refusal(alice, before), "whenever it ends");
        assertEquals(NOT + older, refusal(alice, token("alice", Map.of("iat", "none", "exp", inSeconds(99)))));

        account(alice).refresh(token("alice", Map.of()));
        account(alice).refresh(token("alice", Map.of("exp", inSeconds(99))));
        account(alice).refresh(token("alice", Map.of("iat", "none", "exp", inSeconds(200))));
        assertEquals(NOT + older, refusal(alice, token("alice", Map.of("iat", "none", "exp", inSeconds(199)))));
        assertEquals(NOT + older, refusal(alice, token("alice", Map.of("exp", inSeconds(199)))));
    }

    @Test
    void aSessionWithoutATokenHasNothingToRefresh() throws Exception {
        TestConnection alice = connect("alice", "alice");
        assertTrue(TokenAccount.of(alice.context).isEmpty());
        assertEquals(
                Optional.empty(), new OpenSessions(sessions).of("alice").get(0).expires());
    }

    @Test
    void nobodyChecksMoreTokensThanTheBudgetOfTheirUserAllows() throws Exception {
        TestConnection one = connect("", token("alice", Map.of()));
        TestConnection other = connect("", token("alice", Map.of()));
        TestConnection bob = connect("", token("bob", Map.of()));
        for (int i = 0; i < 10; i++) {
            account(one).refresh(token("alice", Map.of()));
            assertThrows(SecurityException.class, () -> account(other).refresh("no token"));
        }
        String good = token("alice", Map.of());
        QuotaReached refused =
                assertThrows(QuotaReached.class, () -> account(other).refresh(good));
        assertEquals(
                "too many new tokens: user alice may send 20 a minute (token.refreshes.per.user)",
                refused.getMessage());
        account(bob).refresh(token("bob", Map.of()));
        clock.advance(Duration.ofSeconds(61));
        account(other).refresh(token("alice", Map.of()));
        assertEquals(Map.of("accepted", 12.0, "refused", 10.0, "limited", 1.0), refreshes());
    }

    private Map<String, Double> refreshes() {
        Map<String, Double> counts = new HashMap<>();
        plugin.metrics().scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("gatepost_token_refreshes"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .map(CounterDataPointSnapshot.class::cast)
                .forEach(point -> counts.put(point.getLabels().get("result"), point.getValue()));
        return counts;
    }

    @Test
    void theNewTokensKeyIsWhatKeepsTheSessionAlive() throws Exception {
        TestConnection moved = connect("", signed(0, "alice", Map.of()));
        TestConnection stays = connect("", signed(0, "bob", Map.of()));
        account(moved).refresh(signed(1, "alice", Map.of()));

        sessions.keysAre(Set.of(keys.all().get(1).fingerprint()));

        assertEquals(List.of(), moved.errors());
        assertEquals(List.of("signed out: the key of the token was taken away"), stays.errors());
        assertThrows(SecurityException.class, () -> account(stays).refresh(signed(1, "bob", Map.of())), "too late");
    }

    @Test
    void aRevokedTokenLetsNobodyInAndNobodyStay() throws Exception {
        TestConnection one = connect("", token("alice", Map.of("jti", "a1")));
        TestConnection other = connect("", token("alice", Map.of("jti", "a2")));
        TestConnection refreshed = connect("", token("alice", Map.of("jti", "a1")));
        account(refreshed).refresh(token("alice", Map.of("jti", "a3")));

        assertEquals(1, revocations.revoke(List.of(Revocation.token("a1"))));

        assertEquals(List.of("signed out: the token was revoked"), one.errors());
        assertEquals(List.of(), other.errors());
        assertEquals(List.of(), refreshed.errors());
        assertEquals(NOT + "the token was revoked", refusal(other, token("alice", Map.of("jti", "a1"))));
        assertEquals(
                "sign-in refused: the token was revoked",
                assertThrows(SecurityException.class, () -> connect("", token("alice", Map.of("jti", "a1"))))
                        .getMessage());
        connect("", token("alice", Map.of("jti", "a4")));
    }

    @Test
    void whatAUserGotBeforeATimeIsRevokedAndNothingSince() throws Exception {
        TestConnection old = connect("", token("alice", Map.of()));
        TestConnection undated = connect("", token("alice", Map.of("iat", "none", "exp", inSeconds(3000))));
        TestConnection byPassword = connect("alice", "alice");
        TestConnection bob = connect("", token("bob", Map.of()));
        String kept = token("alice", Map.of());
        clock.advance(Duration.ofSeconds(10));
        TestConnection recent = connect("", token("alice", Map.of()));

        assertEquals(
                3,
                revocations.revoke(
                        List.of(Revocation.issuedBefore("alice", clock.instant().minusSeconds(5)))));

        assertEquals(List.of("signed out: the token was revoked"), old.errors());
        assertEquals(List.of("signed out: the token was revoked"), undated.errors());
        assertEquals(List.of("signed out: the session was revoked"), byPassword.errors());
        assertEquals(List.of(), recent.errors());
        assertEquals(List.of(), bob.errors());
        assertThrows(SecurityException.class, () -> connect("", kept));
        connect("alice", "alice");
        connect("", token("alice", Map.of()));
    }

    @Test
    void aRevokedUserIsOutHoweverTheyCome() throws Exception {
        TestConnection byToken = connect("", token("alice", Map.of()));
        TestConnection byPassword = connect("alice", "alice");
        assertEquals(2, revocations.revoke(List.of(Revocation.user("alice"))));
        assertEquals(List.of("signed out: the user was revoked"), byToken.errors());
        assertEquals(List.of("signed out: the user was revoked"), byPassword.errors());
        for (String passcode : List.of("alice", token("alice", Map.of()))) {
            assertEquals(
                    "sign-in refused: the user was revoked",
                    assertThrows(SecurityException.class, () -> connect("alice", passcode))
                            .getMessage());
        }
        assertTrue(revocations.undo(Revocation.user("alice")));
        connect("alice", "alice");
    }

    @Test
    void asLongAsItIsNotKnownWhatIsRevokedNobodyIsLetIn() throws Exception {
        revocations.storeIs(null);
        for (String passcode : List.of("alice", token("alice", Map.of()))) {
            assertEquals(
                    "sign-in is not possible at the moment, try again later",
                    assertThrows(SecurityException.class, () -> connect("alice", passcode))
                            .getMessage());
        }
        revocations.storeIs("none that keeps anything");
        connect("alice", "alice");
    }

    @Test
    void theListTellsOfEachSessionAndEndsOne() throws Exception {
        TestConnection one = connect("", token("alice", Map.of("jti", "a1")));
        clock.advance(Duration.ofSeconds(1));
        TestConnection other = connect("alice", "alice");
        OpenSessions list = new OpenSessions(sessions);

        OpenSession first = list.all().get(0);
        assertEquals("ID:1", first.id());
        assertEquals("alice", first.user());
        assertEquals(Optional.of("a1"), first.tokenId());
        assertEquals(Optional.of(clock.instant().plusSeconds(99)), first.expires());
        assertEquals("stomp://127.0.0.1:50412", first.address());
        assertEquals(Optional.empty(), first.connector());
        assertEquals(first, list.session("ID:1").orElseThrow());
        assertEquals(2, list.of("alice").size());
        assertEquals(0, list.of("bob").size());

        assertTrue(list.end("ID:1"));
        assertFalse(list.end("ID:1"), "it ends already");
        assertFalse(list.end("ID:9"));
        assertEquals(List.of("Closed by an operator"), one.errors());
        assertEquals(List.of(), other.errors());
        assertInstanceOf(SessionSecurity.class, other.context.getSecurityContext());
    }
}
