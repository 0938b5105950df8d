package gatepost.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.realm.PasswordHash;
import gatepost.authentication.shell.GroupCompleter;
import gatepost.authentication.shell.PasswordHashCommand;
import gatepost.authentication.shell.SigningKeyCompleter;
import gatepost.authentication.shell.TokenCheckCommand;
import gatepost.authentication.shell.TokenMintCommand;
import gatepost.authentication.shell.UserCompleter;
import gatepost.authentication.token.KeyFault;
import gatepost.authentication.token.Token;
import gatepost.authentication.token.TokenFixture;
import gatepost.authentication.token.TokenRefused;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private ShellTokens tokens;

    @BeforeEach
    void configure() throws Exception {
        TokenFixture files = new TokenFixture(folder);
        files.file("one.secret", TokenFixture.SECRET);
        files.file("two.secret", "another".repeat(5));
        files.file("open.pem", TokenFixture.publicPem(TokenFixture.ed25519()));
        Files.writeString(folder.resolve("users"), "alice = alice,_g_:users\nAlina = secret,_g_:users\n");
        AuthenticationSettings settings = AuthenticationSettings.read(
                Map.of(
                        "users.file",
                        "users",
                        "token.groups",
                        "users,testers",
                        "token.keys",
                        "EdDSA:open.pem,HS256:one.secret,HS256:two.secret"),
                folder);
        tokens = new ShellTokens(() -> settings, clock);
    }

    /** Sets what Karaf would set: arguments, options and services. */
    private <T> T with(T command, Object... namesAndValues) throws ReflectiveOperationException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Field field = field(command.getClass(), namesAndValues[i].toString());
            field.setAccessible(true);
            field.set(command, namesAndValues[i + 1]);
        }
        return command;
    }

    private static String printed(Action command) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertNull(command.execute());
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    private List<String> candidates(Completer completer, String typed) throws ReflectiveOperationException {
        List<String> candidates = new ArrayList<>();
        with(completer, "tokens", tokens).complete(null, new ArgumentCommandLine(typed, typed.length()), candidates);
        return candidates.stream().map(String::strip).toList();
    }

    /** @return one of the command's own, or of what all commands have */
    private static Field field(Class<?> command, Object name) throws NoSuchFieldException {
        for (Field field : command.getDeclaredFields()) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        return command.getSuperclass().getDeclaredField(name.toString());
    }

    @Test
    void mintPrintsATokenAndNothingElse() throws Exception {
        Token token = tokens.check(printed(with(new TokenMintCommand(), "tokens", tokens, "user", "erin")));
        assertEquals("erin", token.user());
        assertEquals(Set.of("users", "testers"), token.groups());
        assertEquals(clock.instant().plus(Duration.ofHours(1)), token.expires());
        assertEquals("one", token.keyId());
    }

    @Test
    void mintTakesGroupsLifetimeAndKey() throws Exception {
        Token token = tokens.check(printed(with(
                new TokenMintCommand(),
                "tokens",
                tokens,
                "user",
                "erin",
                "groups",
                List.of("users"),
                "seconds",
                5,
                "key",
                "two")));
        assertEquals(Set.of("users"), token.groups());
        assertEquals(clock.instant().plusSeconds(5), token.expires());
        assertEquals("two", token.keyId());
    }

    @Test
    void mintSaysWhatItCannotDo() throws Exception {
        TokenMintCommand ended = with(new TokenMintCommand(), "tokens", tokens, "user", "erin", "seconds", 0);
        assertTrue(assertThrows(IllegalArgumentException.class, ended::execute)
                .getMessage()
                .contains("--seconds = 0"));
        TokenMintCommand unsigned = with(new TokenMintCommand(), "tokens", tokens, "user", "erin", "key", "open");
        assertTrue(assertThrows(KeyFault.class, unsigned::execute).getMessage().contains("no key open that can sign"));
    }

    @Test
    void checkTellsWhatATokenSaysAndWhatOfItCounts() throws Exception {
        String token = tokens.mint("erin", List.of("users", "admins"), Duration.ofSeconds(60), "two");
        List<String> rows = printed(with(new TokenCheckCommand(), "tokens", tokens, "text", token, "noFormat", true))
                .lines()
                .map(row -> row.replaceAll("\\s*\\t\\s*", "=").strip())
                .toList();
        assertEquals(
                List.of(
                        "user=erin",
                        "groups that count=users",
                        "groups in the token=admins users",
                        "expires=2026-11-23T10:01:00Z",
                        "issued=2026-11-23T10:00:00Z",
                        "id=" + tokens.check(token).facts().id().orElseThrow(),
                        "signed with=HS256",
                        "key=two"),
                rows);
    }

    @Test
    void checkTellsWhyATokenWouldBeRefused() throws Exception {
        String token = tokens.mint("erin", List.of("users"), Duration.ofSeconds(1), "two");
        clock.advance(Duration.ofMinutes(5));
        TokenCheckCommand check = with(new TokenCheckCommand(), "tokens", tokens, "text", token);
        assertTrue(assertThrows(TokenRefused.class, check::execute).getMessage().startsWith("expired at"));
    }

    @Test
    void hashPrintsTheStoredFormOfAPassword() throws Exception {
        assertTrue(PasswordHash.matches("s3cret", printed(with(new PasswordHashCommand(), "password", "s3cret"))));
        PasswordHashCommand empty = with(new PasswordHashCommand(), "password", "");
        assertThrows(IllegalArgumentException.class, empty::execute);
    }

    @Test
    void usersGroupsAndKeysAreCompleted() throws Exception {
        assertEquals(List.of("alice"), candidates(new UserCompleter(), "al"));
        assertEquals(List.of("testers", "users"), candidates(new GroupCompleter(), ""));
        assertEquals(List.of("one", "two"), candidates(new SigningKeyCompleter(), ""));
    }
}
