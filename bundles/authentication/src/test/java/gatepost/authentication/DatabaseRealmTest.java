package gatepost.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.ClientAddress;
import gatepost.authentication.login.OwnAccounts;
import gatepost.authentication.login.SignInRefused;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.PasswordHash;
import gatepost.authentication.realm.TestDatabase;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.token.TokenVerifier;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users from a database, by configuration alone. */
class DatabaseRealmTest {

    private static final ClientAddress AWAY = ClientAddress.of("stomp://192.0.2.7:1");
    private static final String QUICK =
            "{PBKDF2}1000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final int OWN_ROUNDS = 210_000;
    private static final String WRONG = "sign-in refused: unknown user or wrong passcode";

    @TempDir
    Path folder;

    @AutoClose
    private final TestDatabase database = new TestDatabase();

    @Test
    void theRightPasswordGivesTheRoles() throws Exception {
        database.with("erin", PasswordHash.of("erinpw"), "users").with("frank", "frankpw", "admins");
        assertEquals(
                Set.of("users"), authenticator().signIn("erin", "erinpw", AWAY).groups());
        assertEquals(
                Set.of("admins"),
                authenticator().signIn("frank", "frankpw", AWAY).groups());
    }

    @Test
    void anUnknownNameCostsTheHashThatAKnownOneCosts() throws Exception {
        database.with("erin", QUICK, "users");
        Authenticator authenticator = authenticator();
        assertEquals(
                List.of(OWN_ROUNDS), spent(authenticator, "nobody"), "as long as no hash of this database was seen");
        assertEquals(List.of(1000), spent(authenticator, "erin"));
        assertEquals(List.of(1000), spent(authenticator, "nobody"));
    }

    @Test
    void aPasswordThatIsNotHashedCostsTheHashOfTheOthers() throws Exception {
        database.with("erin", QUICK, "users").with("frank", "frankpw", "users");
        Authenticator authenticator = authenticator();
        assertEquals(
                List.of(0, OWN_ROUNDS), spent(authenticator, "frank"), "as long as no hash of this database was seen");
        spent(authenticator, "erin");
        assertEquals(List.of(0, 1000), spent(authenticator, "frank"));
    }

    @Test
    void whereNoneIsHashedNobodyWaits() throws Exception {
        database.with("frank", "frankpw", "users");
        Authenticator authenticator = authenticator();
        spent(authenticator, "frank");
        assertEquals(List.of(0), spent(authenticator, "frank"));
        assertEquals(List.of(), spent(authenticator, "nobody"));
    }

    @Test
    void guessesCountAndWhoeverMakesTooManyHasToWait() throws Exception {
        database.with("frank", "frankpw", "users");
        for (String user : new String[] {"frank", "nobody"}) {
            Authenticator authenticator = authenticator("throttle.address.failures", "3");
            for (int i = 0; i < 3; i++) {
                assertEquals(WRONG, refusal(authenticator, user, "guess"));
            }
            assertTrue(
                    refusal(authenticator, user, "guess").startsWith("sign-in refused: too many failed attempts"),
                    user);
        }
    }

    @Test
    void aDatabaseThatCannotBeAskedIsNoWrongPassword() throws Exception {
        database.with("frank", "frankpw", "users").away();
        Authenticator authenticator = authenticator("throttle.address.failures", "1");
        for (int i = 0; i < 3; i++) {
            assertEquals("sign-in is not possible at the moment", refusal(authenticator, "frank", "frankpw"));
        }
        assertEquals(List.of(), database.spent());
    }

    @Test
    void aRightPasswordIsNotAskedAboutAgainForAMinuteAndAWrongOneIs() throws Exception {
        database.with("erin", PasswordHash.of("erinpw"), "users");
        Authenticator authenticator = authenticator("throttle.address.failures", "3");
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    Set.of("users"),
                    authenticator.signIn("erin", "erinpw", AWAY).groups());
        }
        assertEquals(List.of(OWN_ROUNDS), database.spent());
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(OWN_ROUNDS), spent(authenticator, "erin"), "no failure is remembered");
        }
        assertTrue(
                refusal(authenticator, "erin", "wrong").startsWith("sign-in refused: too many failed attempts"),
                "and each counts as one");
    }

    @Test
    void whatIsForgottenIsAskedAboutAgain() throws Exception {
        database.with("erin", "old", "users");
        Authenticator authenticator = authenticator();
        authenticator.signIn("erin", "old", AWAY);
        database.with("erin", "new", "admins");
        assertEquals(Set.of("users"), authenticator.signIn("erin", "old", AWAY).groups());
        authenticator.forget("erin");
        assertEquals(WRONG, refusal(authenticator, "erin", "old"));
        assertEquals(Set.of("admins"), authenticator.signIn("erin", "new", AWAY).groups());
    }

    private List<Integer> spent(Authenticator authenticator, String user) {
        assertEquals(WRONG, refusal(authenticator, user, "wrong"));
        return database.spent();
    }

    private static String refusal(Authenticator authenticator, String user, String password) {
        return assertThrows(SignInRefused.class, () -> authenticator.signIn(user, password, AWAY))
                .getMessage();
    }

    private Authenticator authenticator(String... more) throws Exception {
        Map<String, Object> properties =
                new HashMap<>(Map.of("realm", "jdbc", "jdbc.datasource", "osgi:javax.sql.DataSource/(name=users)"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        AuthenticationSettings settings = AuthenticationSettings.read(properties, folder);
        // time stands still, or the wait after too many guesses is over before a slow machine has made the next one
        InstantSource clock = InstantSource.fixed(Instant.now());
        return new Authenticator(
                new TestRealm(settings.realm().toArray(LoginModuleChoice[]::new)).login(settings.usersFile()),
                settings.usersFile(),
                new TokenVerifier(settings.keys(), settings.tokens(), clock),
                new OwnAccounts(),
                new Throttle(settings.throttle(), clock),
                settings.rules(),
                clock);
    }
}
