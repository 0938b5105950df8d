package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertEquals(Set.of("admins", "ops", "watchers"), users.user("system").orElseThrow().groups());
        assertEquals(Set.of("users", "viewer"), users.user("alice").orElseThrow().groups());
        assertEquals(Set.of(), users.user("nobody").orElseThrow().groups());
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

    @Test
    void realmWithoutAUsersFileListsNobody() {
        assertTrue(UsersFile.none().users().isEmpty());
    }
}
