package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {

    @TempDir
    Path folder;

    private Path file;
    private UsersFile users;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("users.properties");
        Files.writeString(file, """
                # a comment
                system = manager,_g_:admins
                alice = alice,_g_:users,viewer
                nobody = secret
                _g_\\:admins = group,ops, _g_:watchers
                _g_\\:users = group
                """);
        users = UsersFile.at(file);
    }

    @Test
    void groupsAndRolesAreGroupsAndSoIsWhatGroupsStandFor() {
        assertEquals(
                Set.of("admins", "ops", "watchers"),
                users.user("system").orElseThrow().groups());
        assertEquals(
                Set.of("users", "viewer"), users.user("alice").orElseThrow().groups());
        assertEquals(Set.of(), users.user("nobody").orElseThrow().groups());
    }

    @Test
    void eachGroupIsKnownByTheFirstLineThatGivesItAndOneThatStandsForOthersByThose() throws IOException {
        Files.writeString(file, """
                zoe = a,_g_:staff,viewer

                alice = a,viewer, _g_:users,
                _g_\\:staff = group,_g_:users
                """);
        assertEquals(
                List.of("users 1 zoe 2", "viewer 1 zoe 2"),
                users.state().groups().stream()
                        .map(group -> group.name() + " " + group.line() + " " + group.user() + " " + group.users())
                        .toList());
    }

    @Test
    void groupIsNoUser() {
        assertEquals(Set.of("system", "alice", "nobody"), users.users().keySet());
    }

    @Test
    void changeIsSeenAtTheNextQuestion() throws IOException {
        String before = users.user("alice").orElseThrow().fingerprint();
        Files.writeString(file, "alice = other,_g_:admins\n");
        assertEquals(Set.of("admins"), users.user("alice").orElseThrow().groups());
        assertNotEquals(before, users.user("alice").orElseThrow().fingerprint());
        assertFalse(users.user("system").isPresent());
    }

    @Test
    void fingerprintStaysForAsLongAsThePasswordDoes() throws IOException {
        String before = users.user("alice").orElseThrow().fingerprint();
        Files.writeString(file, "alice = alice\n");
        assertEquals(before, users.user("alice").orElseThrow().fingerprint());
    }

    @Test
    void emptyOrMissingFileIsOneThatIsBeingWritten() throws IOException {
        assertTrue(users.user("alice").isPresent());
        Files.writeString(file, "");
        assertTrue(users.user("alice").isPresent());
        Files.delete(file);
        assertTrue(users.user("alice").isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice = C:\\users,_g_:users",
                "alice = a\nbob = b\nalice = c",
                "alice = {PBKDF2}1000:short",
                "alice = {PBKDF2}99999999:aa==:aa=="
            })
    void whatCannotBeUsedLeavesTheLastGoodOneInForce(String text) throws Exception {
        assertTrue(users.lookup("system").password().orElseThrow().matches("manager"));
        Files.writeString(file, text);
        assertEquals(1, users.state().problems().size());
        assertFalse(users.state().problems().toString().contains("sers,"));
        assertTrue(users.lookup("system").password().orElseThrow().matches("manager"));
        assertEquals(Set.of("system", "alice", "nobody"), users.users().keySet());
        Files.writeString(file, "alice = other");
        assertEquals(List.of(), users.state().problems());
        assertEquals(Set.of("alice"), users.users().keySet());
    }

    @Test
    void fileThatWasNeverGoodLetsNobodyIn() throws IOException {
        Files.writeString(file, "alice = \\u");
        UsersFile broken = UsersFile.at(file);
        assertThrows(RealmUnavailable.class, () -> broken.lookup("alice"));
    }

    @Test
    void namesAndPasswordsAreUtf8() throws Exception {
        Files.writeString(file, "\uFEFFzo\u00eb = \u20ac\n");
        assertTrue(users.lookup("zo\u00eb").password().orElseThrow().matches("\u20ac"));
        Files.write(file, "zo\u00eb = x\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("line 1", users.state().problems().get(0).key());
    }

    @Test
    void contentWithoutEntriesMeansNobodyAndNoBytesAreWaitedFor() throws IOException {
        assertTrue(users.user("alice").isPresent());
        Files.writeString(file, "# nobody\n");
        assertEquals(Set.of(), users.users().keySet());
        assertFalse(users.state().awaited());
        Files.writeString(file, "");
        assertTrue(users.state().awaited());
    }

    @Test
    void whatWillSurpriseIsSaid() throws IOException {
        Files.writeString(file, "silent =\na/b = x\ngatepost-routes = x\ndave = a.b.c\nfine = x\n");
        assertEquals(4, users.state().warnings().size());
        assertTrue(
                users.state().warnings().get(0).contains("a/b"),
                users.state().warnings().toString());
        assertEquals(List.of(), users.state().problems());
    }

    @Test
    void fileWrittenInPlaceWithItsOldSizeAndTimeIsAnotherOne() throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        String text = Files.readString(file);
        assertTrue(users.user("alice").isPresent());
        Files.writeString(file, text.replace("alice =", "malic ="));
        Files.setLastModifiedTime(file, before);
        assertFalse(users.user("alice").isPresent());
    }

    @Test
    void linkThatIsSwitchedAsAConfigMapDoesIsAnotherFile() throws IOException {
        Path one = Files.createDirectory(folder.resolve("..1"));
        Path two = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(one.resolve("users"), "alice = x\n");
        Files.writeString(two.resolve("users"), "carol = x\n");
        Files.setLastModifiedTime(two.resolve("users"), Files.getLastModifiedTime(one.resolve("users")));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
        UsersFile linked = UsersFile.at(Files.createSymbolicLink(folder.resolve("linked"), Path.of("..data/users")));
        assertEquals(Set.of("alice"), linked.users().keySet());
        Files.move(
                Files.createSymbolicLink(folder.resolve("..tmp"), two.getFileName()),
                data,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Set.of("carol"), linked.users().keySet());
    }

    @Test
    void realmWithoutAUsersFileListsNobody() {
        assertTrue(UsersFile.none().users().isEmpty());
    }
}
