package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmLoginTest {

    private static final String HASH_OF_SECRET = PasswordHash.of("s3cret"); // it takes a good part of a second

    @TempDir
    Path folder;

    private Path file;
    private RealmLogin realm;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("users.properties");
        Files.writeString(
                file,
                "system = manager,_g_:admins\nhashed = " + HASH_OF_SECRET + ",_g_:users\n"
                        + "blank =\ncommas = ,,\nshy = ,_g_:admins\n_g_\\:admins = group,ops\n");
        realm = new TestRealm(LoginModuleChoice.usersFile(file)).login(UsersFile.at(file));
    }

    @Test
    void rightPasswordGivesGroupsWithoutTheirPrefix() throws Exception {
        assertEquals(Set.of("admins", "ops"), realm.groups("system", "manager"));
    }

    @Test
    void hashedPasswordsAreUnderstood() throws Exception {
        assertEquals(Set.of("users"), realm.groups("hashed", "s3cret"));
        assertThrows(LoginException.class, () -> realm.groups("hashed", "other"));
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThrows(LoginException.class, () -> realm.groups("system", "Manager"));
        assertThrows(LoginException.class, () -> realm.groups("system", ""));
    }

    @Test
    void unknownUserIsRefusedWhereOnlyTheUsersFileIsAsked() {
        assertThrows(LoginException.class, () -> realm.groups("mallory", "manager"));
        assertThrows(LoginException.class, () -> realm.groups("mallory", "manager"));
    }

    @Test
    void groupIsNoUser() {
        assertThrows(LoginException.class, () -> realm.groups("_g_:admins", "group"));
    }

    @Test
    void lineWithoutAPasswordLetsNobodyIn() {
        for (String user : new String[] {"blank", "commas", "shy"}) {
            assertThrows(LoginException.class, () -> realm.groups(user, ""), user);
            assertThrows(LoginException.class, () -> realm.groups(user, "x"), user);
        }
    }

    @Test
    void nameOfTheUsersFileIsNeverLookedUpElsewhere() throws Exception {
        Path other = folder.resolve("other.properties");
        Files.writeString(other, "system = fromElsewhere,_g_:admins\ncarol = carol,_g_:users\n");
        LoginModuleChoice elsewhere = new LoginModuleChoice(
                org.apache.karaf.jaas.modules.properties.PropertiesLoginModule.class,
                Map.of("users", other.toString()));
        RealmLogin both = new TestRealm(LoginModuleChoice.usersFile(file), elsewhere).login(UsersFile.at(file));
        assertEquals(Set.of("users"), both.groups("carol", "carol"));
        assertThrows(LoginException.class, () -> both.groups("system", "fromElsewhere"));
    }

    @Test
    void anotherLoginModuleIsAskedEachTime() throws Exception {
        Path other = folder.resolve("other.properties");
        Files.writeString(other, "carol = carol,_g_:users\n");
        RealmLogin both = new TestRealm(
                        LoginModuleChoice.usersFile(file),
                        new LoginModuleChoice(
                                org.apache.karaf.jaas.modules.properties.PropertiesLoginModule.class,
                                Map.of("users", other.toString())))
                .login(UsersFile.at(file));
        both.groups("carol", "carol");
        assertEquals(Effort.DIRECTORY, both.effort("carol", "carol"), "its passwords may be good once only");
        Files.writeString(other, "carol = changed,_g_:users\n");
        assertThrows(LoginException.class, () -> both.groups("carol", "carol"));
    }

    @Test
    void missingFileSaysNothingAboutThePassword() throws IOException {
        Files.delete(file);
        assertThrows(RealmUnavailable.class, () -> realm.groups("system", "manager"));
    }

    @Test
    void nobodySignsInWithWhatAnEmptiedFileHeldBefore() throws Exception {
        realm.groups("system", "manager");
        Files.writeString(file, "");
        assertThrows(RealmUnavailable.class, () -> realm.groups("system", "manager"));
        Files.writeString(file, "system = other,_g_:admins\n");
        assertThrows(LoginException.class, () -> realm.groups("system", "manager"));
        assertEquals(Set.of("admins"), realm.groups("system", "other"));
    }

    @Test
    void nobodyIsRefusedQuickerThanThoseWhosePasswordIsHashed() throws Exception {
        assertEquals(Effort.NONE, realm.effort("system", "manager"));
        assertEquals(Effort.HASH, realm.effort("system", "wrong"));
        assertEquals(Effort.HASH, realm.effort("hashed", "wrong"));
        assertEquals(Effort.HASH, realm.effort("blank", "wrong"));
        assertEquals(Effort.HASH, realm.effort("mallory", "wrong"));
        long known = time("hashed");
        for (String user : new String[] {"mallory", "system", "blank"}) {
            // a hash takes a hundred times as long as everything else
            assertTrue(time(user) > known / 3, user);
        }
    }

    private long time(String user) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            assertThrows(LoginException.class, () -> realm.groups(user, "wrong"));
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }

    @Test
    void withoutHashedPasswordsNobodyWaits() throws Exception {
        Files.writeString(file, "alice = alice\n");
        assertEquals(Effort.NONE, realm.effort("alice", "wrong"));
        assertEquals(Effort.NONE, realm.effort("mallory", "wrong"));
    }

    @Test
    void aHashIsComputedOnceForAllWhoComeWithTheSamePasswordWithinAMinuteUntilItIsChanged() throws Exception {
        assertEquals(Effort.HASH, realm.effort("hashed", "s3cret"));
        realm.groups("hashed", "s3cret");
        assertEquals(Effort.NONE, realm.effort("hashed", "s3cret"));
        assertEquals(Effort.HASH, realm.effort("hashed", "s3cre"));
        Files.writeString(file, "hashed = " + PasswordHash.of("s3cret") + "\n");
        assertEquals(Effort.HASH, realm.effort("hashed", "s3cret"));
        Files.writeString(file, "hashed = " + PasswordHash.of("other") + "\n");
        assertThrows(LoginException.class, () -> realm.groups("hashed", "s3cret"));
    }

    @Test
    void missingRealmLetsNobodyIn() {
        RealmLogin none = new RealmLogin(
                () -> new Configuration() {
                    @Override
                    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                        return null;
                    }
                },
                UsersFile.at(file));
        assertThrows(RealmUnavailable.class, () -> none.groups("system", "manager"));
    }

    @Test
    void threadsClassLoaderIsLeftAsItWas() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(own);
            assertEquals(Set.of("admins", "ops"), realm.groups("system", "manager"));
            assertSame(own, thread.getContextClassLoader());
            assertThrows(LoginException.class, () -> realm.groups("system", "wrong"));
            assertSame(own, thread.getContextClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
