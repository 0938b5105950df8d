package gatepost.authentication.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.authentication.TestClock;
import gatepost.authentication.api.PageTokens;
import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.throttle.ThrottleRules;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenRules;
import gatepost.authentication.token.TokenVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gatepost's own pages sign in with; the operator has configured no key at all. */
class OwnTokensTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ClientAddress HERE = ClientAddress.LOOPBACK;
    private static final ClientAddress PROXIED = ClientAddress.of("ws://127.0.0.1:50412?forwarded");
    private static final ClientAddress AWAY = ClientAddress.of("ws://192.0.2.7:50412");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final OwnAccounts ownAccounts = new OwnAccounts();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("users.properties");
        Files.writeString(file, "system = manager,_g_:admins\nalice = alice,_g_:users\nbob = changed,_g_:users\n");
    }

    private Authenticator with(LoginRules rules) {
        Throttle throttle =
                new Throttle(new ThrottleRules(3, 5, Duration.ofSeconds(30), Duration.ofMinutes(10)), clock);
        return new Authenticator(
                new TestRealm(LoginModuleChoice.usersFile(file)).login(UsersFile.at(file)),
                UsersFile.at(file),
                new TokenVerifier(
                        TokenKeys.none(), new TokenRules(Set.of("users"), Set.of(), Set.of(), MINUTE, 8192), clock),
                ownAccounts,
                throttle,
                rules,
                clock);
    }

    private Authenticator shipped() {
        return with(new LoginRules(true, false));
    }

    private String token(String user) {
        return ownAccounts.tokens().mint(user, MINUTE, clock);
    }

    private static String refusal(Authenticator authenticator, String login, String token, ClientAddress address) {
        return assertThrows(SignInRefused.class, () -> authenticator.signIn(login, token, address), login)
                .reason();
    }

    @Test
    void theConsolesPageIsInItsOwnGroupAndInNoOther() throws Exception {
        for (ClientAddress address : List.of(HERE, PROXIED, AWAY)) {
            Identity page = shipped().signIn("", token(PageTokens.CONSOLE_PAGE), address);
            assertEquals("gatepost-console-page", page.user());
            assertEquals(Set.of("gatepost-console-page"), page.groups());
            assertEquals(Source.OWN, page.source());
            assertEquals(
                    clock.instant().plus(MINUTE).getEpochSecond(), page.ends().getEpochSecond());
        }
    }

    @Test
    void anOperatorIsInTheGroupOfTheOwnRoleAndInNoOther() throws Exception {
        for (ClientAddress address : List.of(HERE, PROXIED, AWAY)) {
            Identity admin = shipped().signIn("", token("gatepost-console-admin.ann"), address);
            assertEquals("gatepost-console-admin.ann", admin.user());
            assertEquals(Set.of("gatepost-console-admin"), admin.groups());
            assertEquals(Source.OWN, admin.source());
            // the name of an operator is a part of the account, and never its group
            assertEquals(
                    Set.of("gatepost-console-viewer"),
                    shipped()
                            .signIn("", token("gatepost-console-viewer.gatepost-console-admin"), address)
                            .groups());
        }
        for (String user :
                List.of("gatepost-console-admin", "gatepost-console-admin.", "gatepost-console-adminx.ann")) {
            assertEquals(
                    "token: sub " + user + " is one of Gatepost's own accounts",
                    refusal(shipped(), "", token(user), HERE));
        }
    }

    @Test
    void anAccountThatShipsIsSignedInForAsLongAsTheTokenLastsAndAsIfWithItsPassword() throws Exception {
        Identity alice = shipped().signIn("alice", token("alice"), HERE);
        Identity withPassword = shipped().signIn("alice", "alice", HERE);
        assertEquals("alice", alice.user());
        assertEquals(Set.of("users", "gatepost-try-page"), alice.groups());
        assertEquals(Set.of("users"), withPassword.groups());
        assertEquals(clock.instant().plus(MINUTE).getEpochSecond(), alice.ends().getEpochSecond());
        // so that a change of the users file reaches the session
        assertEquals(Source.USERS_FILE, alice.source());
        assertEquals(withPassword.credential(), alice.credential());
    }

    @Test
    void suchATokenIsWorthNoMoreThanThePasswordThatShips() {
        assertEquals(
                "an account with the password that ships works from loopback only; set a password of your own for it",
                refusal(shipped(), "", token("alice"), AWAY));
        refusal(shipped(), "", token("alice"), PROXIED);
        refusal(with(new LoginRules(false, false)), "", token("alice"), HERE);
        refusal(shipped(), "", token("bob"), HERE);
        assertEquals("the passcode is empty", refusal(shipped(), "", token("carol"), HERE));
    }

    @Test
    void nobodyBecomesAnotherOfTheOwnAccounts() {
        for (String user : List.of("gatepost-console", "gatepost-welcome", "gatepost-try", "anonymous")) {
            assertEquals(
                    "token: sub " + user + " is one of Gatepost's own accounts",
                    refusal(shipped(), "", token(user), HERE));
        }
        assertEquals(
                "token: the login is not the sub gatepost-console-page",
                refusal(shipped(), "system", token(PageTokens.CONSOLE_PAGE), HERE));
    }

    @Test
    void anotherSignatureAnotherKeyOrTheEndOfItsTimeIsRefused() {
        String good = token(PageTokens.CONSOLE_PAGE);
        String other = new OwnAccounts().tokens().mint(PageTokens.CONSOLE_PAGE, MINUTE, clock);
        String forged = good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        assertEquals("token: the signature is wrong", refusal(shipped(), "", forged, HERE));
        assertEquals("token: no key is configured, so no token is accepted", refusal(shipped(), "", other, HERE));
        assertFalse(ownAccounts.tokens().claims(other));
        clock.advance(MINUTE);
        assertEquals(
                "sign-in refused: the token has expired",
                assertThrows(SignInRefused.class, () -> shipped().signIn("", good, HERE))
                        .getMessage());
        assertNotEquals(good, token(PageTokens.CONSOLE_PAGE));
    }
}
