package gatepost.authentication.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.TestClock;
import gatepost.authentication.api.OwnAccount;
import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.PasswordHash;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.throttle.ThrottleRules;
import gatepost.authentication.token.TokenFixture;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenMint;
import gatepost.authentication.token.TokenRules;
import gatepost.authentication.token.TokenVerifier;
import gatepost.contracts.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

    private static final ClientAddress HERE = ClientAddress.of("stomp://127.0.0.1:50412");
    private static final ClientAddress PROXIED = ClientAddress.of("ws://127.0.0.1:50412?forwarded");
    private static final ClientAddress AWAY = ClientAddress.of("stomp://192.0.2.7:50412");
    private static final TokenRules TOKENS =
            new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ofSeconds(30), 8192);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final OwnAccounts ownAccounts = new OwnAccounts();
    private TokenKeys keys;
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("users.properties");
        Files.writeString(file, """
                system = manager,_g_:admins
                alice = alice,_g_:users
                bob = changed,_g_:users
                carol = secret,_g_:users,_g_:gatepost-welcome
                gatepost-welcome = guessed,_g_:admins
                anonymous = guessed,_g_:admins
                dave = a.b.c,_g_:users
                silent =
                a/b = secret,_g_:users
                """);
        TokenFixture files = new TokenFixture(folder);
        files.file("app.secret", TokenFixture.SECRET);
        keys = files.keys("HS256:app.secret");
    }

    private Authenticator with(LoginRules rules) {
        Throttle throttle =
                new Throttle(new ThrottleRules(3, 5, Duration.ofSeconds(30), Duration.ofMinutes(10)), clock);
        return new Authenticator(
                new TestRealm(LoginModuleChoice.usersFile(file)).login(UsersFile.at(file)),
                UsersFile.at(file),
                new TokenVerifier(keys, TOKENS, clock),
                ownAccounts,
                throttle,
                rules,
                clock);
    }

    private Authenticator shipped() {
        return with(new LoginRules(true, false));
    }

    private String token(String user, String... groups) throws Exception {
        return new TokenMint(keys, TOKENS, clock).mint(user, List.of(groups), Duration.ofSeconds(100), "");
    }

    private static SignInRefused refusal(
            Authenticator authenticator, String login, String passcode, ClientAddress address) {
        return assertThrows(
                SignInRefused.class, () -> authenticator.signIn(login, passcode, address), login + "/" + passcode);
    }

    @Test
    void usersSignInWithTheirPasswords() throws Exception {
        Identity system = shipped().signIn("system", "manager", HERE);
        assertEquals("system", system.user());
        assertEquals(Set.of("admins"), system.groups());
        assertEquals(Source.USERS_FILE, system.source());
        assertEquals(Instant.MAX, system.ends());
    }

    @Test
    void unknownUserAndWrongPasswordGetTheSameAnswer() {
        String unknown = refusal(shipped(), "mallory", "x", HERE).getMessage();
        assertEquals("sign-in refused: unknown user or wrong passcode", unknown);
        assertEquals(unknown, refusal(shipped(), "alice", "x", HERE).getMessage());
        assertEquals(unknown, refusal(shipped(), "alice", "alice", AWAY).getMessage());
        assertEquals(unknown, refusal(shipped(), "gatepost-welcome", "x", HERE).getMessage());
        assertEquals(unknown, refusal(shipped(), "a b", "x", HERE).getMessage());
    }

    @ParameterizedTest
    @NullAndEmptySource
    void emptyPasscodeIsRefused(String passcode) {
        assertEquals(
                "the passcode is empty",
                refusal(shipped(), "alice", passcode, HERE).reason());
        assertEquals(
                "the passcode is empty",
                refusal(shipped(), "silent", passcode, HERE).reason());
    }

    @ParameterizedTest
    @NullAndEmptySource
    void connectWithoutALoginIsRefused(String login) {
        assertEquals(
                "sign-in refused: a login is required",
                refusal(shipped(), login, null, HERE).getMessage());
        assertEquals(
                "sign-in refused: a login is required",
                refusal(shipped(), login, "alice", HERE).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ">", "a.>", "a,b", "_g_:users", "alice\u0000", "al/ice", " alice", "alice "})
    void oddNamesAreRefused(String login) {
        refusal(shipped(), login, "alice", HERE);
    }

    @Test
    void oddNameIsRefusedAlsoWhereTheRealmKnowsIt() {
        assertTrue(refusal(shipped(), "a/b", "secret", HERE).reason().startsWith("the user name holds"));
    }

    @Test
    void overlongPasscodeIsRefusedUnchecked() {
        assertEquals(
                "the passcode is longer than 1024 characters",
                refusal(shipped(), "alice", "x".repeat(1025), HERE).reason());
    }

    @Test
    void accountsThatShipWorkFromThisMachineOnly() throws Exception {
        for (ClientAddress address :
                List.of(AWAY, PROXIED, ClientAddress.of(null), ClientAddress.of("vm://localhost#1"))) {
            assertTrue(refusal(shipped(), "system", "manager", address).reason().contains("loopback only"));
        }
        assertEquals("alice", shipped().signIn("alice", "alice", HERE).user());
        assertEquals("bob", shipped().signIn("bob", "changed", AWAY).user());
    }

    @Test
    void accountsThatShipAndNobodyWorkFromAPageOfThisMachineOnly() throws Exception {
        ClientAddress rebound =
                HERE.with(Optional.of(new Page(Optional.of("http://evil.example"), "evil.example", false)));
        ClientAddress developer =
                HERE.with(Optional.of(new Page(Optional.of("http://localhost:3000"), "localhost:61614", false)));
        Authenticator open = with(new LoginRules(true, true));
        refusal(open, "system", "manager", rebound);
        refusal(open, "", "", rebound);
        refusal(open, "", "", PROXIED);
        refusal(open, "", ownAccounts.tokens().mint("alice", Duration.ofMinutes(1), clock), rebound);
        assertEquals("bob", open.signIn("bob", "changed", rebound).user());
        assertEquals("system", open.signIn("system", "manager", developer).user());
        assertEquals("anonymous", open.signIn("", "", developer).user());
    }

    @Test
    void accountsThatShipCanBeTurnedOff() throws Exception {
        Authenticator none = with(new LoginRules(false, false));
        assertTrue(refusal(none, "alice", "alice", HERE).reason().contains("nowhere"));
        assertEquals("bob", none.signIn("bob", "changed", HERE).user());
    }

    @Test
    void anonymousHasAGroupOfItsOwnWhereItIsAllowed() throws Exception {
        Authenticator open = with(new LoginRules(true, true));
        Identity nobody = open.signIn("", "", AWAY);
        assertEquals("anonymous", nobody.user());
        assertEquals(Set.of("anonymous"), nobody.groups());
        assertEquals(Source.ANONYMOUS, open.signIn(null, null, AWAY).source());
        refusal(open, "", "guess", AWAY);
        refusal(open, "alice", "wrong", AWAY);
        refusal(open, "anonymous", "guessed", HERE);
    }

    @Test
    void ownAccountsSignInWithTheirSecretsOnly() throws Exception {
        for (OwnAccount account : ownAccounts.all()) {
            Identity own = shipped().signIn(account.name(), account.passcode(), AWAY);
            assertEquals(Set.of(account.name()), own.groups());
            assertEquals(Source.OWN, own.source());
            assertFalse(account.toString().contains(account.passcode()));
        }
        refusal(shipped(), "gatepost-welcome", "guessed", HERE);
        refusal(shipped(), "gatepost-welcome", "", HERE);
        refusal(shipped(), "gatepost-other", "guessed", HERE);
        OwnAccount first = ownAccounts.all().get(0);
        refusal(shipped(), ownAccounts.all().get(1).name(), first.passcode(), HERE);
    }

    @Test
    void secretsAreNewAtEveryStartAndNotOfTheFormOfAToken() {
        assertNotEquals(
                ownAccounts.all().get(0).passcode(),
                new OwnAccounts().all().get(0).passcode());
        ownAccounts.all().forEach(account -> assertFalse(TokenVerifier.isToken(account.passcode())));
        ownAccounts.all().forEach(account -> assertTrue(account.passcode().length() >= 43));
    }

    @Test
    void groupsOfGatepostsOwnAccountsAreNobodyElses() throws Exception {
        assertEquals(Set.of("users"), shipped().signIn("carol", "secret", HERE).groups());
    }

    @Test
    void tokenSignsItsUserInFromAnywhereAndUntilItEnds() throws Exception {
        Identity alice = shipped().signIn("alice", token("alice", "users"), AWAY);
        assertEquals("alice", alice.user());
        assertEquals(Source.TOKEN, alice.source());
        assertEquals(clock.instant().plusSeconds(100), alice.ends());
        assertEquals("erin", shipped().signIn("", token("erin"), PROXIED).user());
        assertEquals("erin", shipped().signIn(null, token("erin"), PROXIED).user());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer  %s\n", " %s", "%s\r\n", "\tBEARER %s "})
    void whatProgramsPutAroundATokenIsTakenAway(String form) throws Exception {
        assertEquals(
                Source.TOKEN,
                shipped()
                        .signIn("", form.formatted(token("alice", "users")), AWAY)
                        .source());
        refusal(shipped(), "bob", form.formatted("changed"), HERE);
    }

    @Test
    void loginIsEmptyOrTheTokensUser() throws Exception {
        assertEquals(
                "sign-in refused: the token is not accepted",
                refusal(shipped(), "bob", token("alice"), HERE).getMessage());
        refusal(shipped(), "Alice", token("alice"), HERE);
        refusal(shipped(), "alice ", token("alice"), HERE);
    }

    @Test
    void onlyGroupsThatTokensMayGiveCount() throws Exception {
        assertEquals(
                Set.of("users"),
                shipped()
                        .signIn("", token("erin", "users", "admins", "gatepost-welcome"), AWAY)
                        .groups());
        assertEquals(
                Set.of(), shipped().signIn("", token("erin", "admins"), AWAY).groups());
    }

    @Test
    void tokenMakesNobodyAnAccountThatStandsAboveIt() throws Exception {
        assertTrue(refusal(shipped(), "", token("system", "users"), HERE)
                .reason()
                .contains("groups that token.groups does not"));
        refusal(shipped(), "system", token("system", "users"), HERE);
        refusal(shipped(), "gatepost-welcome", token("gatepost-welcome", "users"), HERE);
        refusal(shipped(), "", token("anonymous", "users"), HERE);
    }

    @Test
    void passwordInTheFormOfATokenIsAToken() {
        assertTrue(refusal(shipped(), "dave", "a.b.c", HERE).reason().startsWith("token: "));
    }

    @Test
    void expiredTokenIsToldSoAndOneLetInLateEndsWithTheSkew() throws Exception {
        String token = token("alice", "users");
        clock.advance(Duration.ofSeconds(110));
        assertEquals(
                clock.instant().plusSeconds(20),
                shipped().signIn("", token, HERE).ends());
        clock.advance(Duration.ofSeconds(20));
        assertEquals(
                "sign-in refused: the token has expired",
                refusal(shipped(), "", token, HERE).getMessage());
    }

    @Test
    void tooManyFailuresAreAnsweredWithTheTimeToWait() throws Exception {
        Authenticator authenticator = shipped();
        for (int i = 0; i < 3; i++) {
            refusal(authenticator, "alice", "guess " + i, HERE);
        }
        assertEquals(
                "sign-in refused: too many failed attempts, try again in 2 seconds",
                refusal(authenticator, "alice", "alice", HERE).getMessage());
        clock.advance(Duration.ofSeconds(1));
        assertEquals("alice", authenticator.signIn("alice", "alice", HERE).user());
    }

    @Test
    void userWhoHasSignedInFromAnAddressDoesNotWaitForOthersThere() throws Exception {
        Authenticator authenticator = shipped();
        authenticator.signIn("bob", "changed", AWAY);
        for (int i = 0; i < 5; i++) {
            refusal(authenticator, "carol", "guess " + i, AWAY);
        }
        assertTrue(refusal(authenticator, "carol", "secret", AWAY).getMessage().contains("try again in"));
        assertEquals("bob", authenticator.signIn("bob", "changed", AWAY).user());
    }

    @Test
    void ofManyGuessesAtTheSameMomentNoMoreAreCheckedThanMayFail() throws Exception {
        Files.writeString(file, "hashed = " + PasswordHash.of("s3cret") + ",_g_:users\nplain = plain,_g_:users\n");
        Authenticator authenticator = shipped();
        ExecutorService clients = Executors.newFixedThreadPool(30);
        try {
            List<Future<SignInRefused>> guesses = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String guess = "guess " + i;
                guesses.add(clients.submit(() -> refusal(authenticator, "hashed", guess, AWAY)));
            }
            // known by nobody, with a password that is not hashed, and from elsewhere: others are no concern of hers
            assertEquals("plain", authenticator.signIn("plain", "plain", HERE).user());
            int told = 0;
            for (Future<SignInRefused> guess : guesses) {
                told += guess.get().reason().equals("the password is wrong") ? 1 : 0;
            }
            assertEquals(3, told);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void ofManyGuessesAtAPlainPasswordNoMoreAreToldThanMayFail() throws Exception {
        Authenticator authenticator = shipped();
        ExecutorService clients = Executors.newFixedThreadPool(30);
        try {
            List<Future<SignInRefused>> guesses = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String guess = "guess " + i;
                guesses.add(clients.submit(() -> refusal(authenticator, "bob", guess, AWAY)));
            }
            int told = 0;
            for (Future<SignInRefused> guess : guesses) {
                told += guess.get().reason().equals("the password is wrong") ? 1 : 0;
            }
            assertEquals(3, told);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aCrowdBehindOneAddressThatSignsInIsNoAttack() throws Exception {
        StringBuilder users = new StringBuilder();
        String hash = PasswordHash.of("s3cret");
        for (int i = 0; i < 8; i++) {
            users.append("user").append(i).append(" = ").append(hash).append('\n');
        }
        Files.writeString(file, users.toString());
        Authenticator authenticator = shipped();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Identity>> signIns = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String user = "user" + i;
                signIns.add(clients.submit(() -> authenticator.signIn(user, "s3cret", AWAY)));
            }
            for (Future<Identity> signIn : signIns) {
                assertEquals(Source.USERS_FILE, signIn.get().source());
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void badTokensCountForTheirAddress() {
        Authenticator authenticator = shipped();
        for (int i = 0; i < 3; i++) {
            refusal(authenticator, "", "a.b.c", HERE);
        }
        assertTrue(refusal(authenticator, "alice", "alice", HERE).getMessage().contains("try again in"));
    }

    @Test
    void goodTokenNeverWaitsAndAnExpiredOneIsNoGuess() throws Exception {
        Authenticator authenticator = shipped();
        String token = token("alice", "users");
        for (int i = 0; i < 5; i++) {
            refusal(authenticator, "bob", "guess " + i, HERE);
        }
        assertEquals("alice", authenticator.signIn("", token, HERE).user());
        clock.advance(Duration.ofMinutes(11));
        for (int i = 0; i < 5; i++) {
            refusal(authenticator, "", token, HERE);
        }
        assertEquals("alice", authenticator.signIn("alice", "alice", HERE).user());
    }

    @Test
    void outageIsNoFailureOfTheUser() throws Exception {
        Authenticator authenticator = shipped();
        authenticator.signIn("bob", "changed", AWAY);
        Files.delete(file);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    "sign-in is not possible at the moment",
                    refusal(authenticator, "bob", "changed", AWAY).getMessage());
        }
        write();
        assertEquals("bob", authenticator.signIn("bob", "changed", AWAY).user());
    }
}
