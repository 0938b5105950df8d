package gatepost.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.login.LoginRules;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.token.TokenFixture;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.jaas.modules.jdbc.JDBCLoginModule;
import org.apache.karaf.jaas.modules.ldap.LDAPLoginModule;
import org.apache.karaf.jaas.modules.properties.PropertiesLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationSettingsTest {

    private static final Path ETC = Path.of("..", "..", "etc");

    @TempDir
    Path home;

    private AuthenticationSettings read(String... keysAndValues) throws ConfigurationProblems {
        Map<String, Object> properties = new TreeMap<>(Map.of("service.pid", "gatepost.authentication"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return AuthenticationSettings.read(properties, home);
    }

    private List<String> faultyKeys(String... keysAndValues) {
        return assertThrows(ConfigurationProblems.class, () -> read(keysAndValues)).problems().stream()
                .map(Problem::key)
                .toList();
    }

    private static Properties shipped(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(ETC.resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void fileThatShipsHoldsEveryKeyWithItsDefault() throws IOException {
        Map<String, String> defined = Arrays.stream(AuthenticationDefinition.class.getDeclaredMethods())
                .collect(Collectors.toMap(
                        method -> method.getName().replace('_', '.'), AuthenticationSettingsTest::defaultOf));
        assertEquals(new TreeMap<>(defined), new TreeMap<>(shipped("gatepost.authentication.cfg")));
    }

    private static String defaultOf(Method key) {
        return key.getDefaultValue().toString();
    }

    @Test
    void fileThatShipsCanBeUsedAsItStands() throws Exception {
        AuthenticationSettings settings = AuthenticationSettings.read(
                shipped("gatepost.authentication.cfg").entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue)),
                home);
        assertEquals(new LoginRules(true, false), settings.rules());
        assertEquals(Set.of("users"), settings.tokens().groups());
        assertTrue(settings.keys().all().isEmpty());
        assertEquals(
                home.resolve("etc/gatepost.users.properties"),
                settings.usersFile().path().orElseThrow());
    }

    @Test
    void usersFileThatShipsHoldsTheFourAccounts() throws IOException {
        Properties users = shipped("gatepost.users.properties");
        assertEquals("manager,_g_:admins", users.getProperty("system"));
        assertEquals("alice,_g_:users", users.getProperty("alice"));
        assertEquals("bob,_g_:users", users.getProperty("bob"));
        assertEquals("app,_g_:publishers", users.getProperty("app"));
        assertEquals(7, users.size());
    }

    @ParameterizedTest
    @CsvSource({
        "realm, ldapp",
        "default.accounts, anywhere",
        "anonymous, yes",
        "token.clock.skew, 601",
        "token.clock.skew, -1",
        "token.size.max, 10",
        "throttle.address.failures, 0",
        "throttle.user.failures, none",
        "throttle.wait.max, 3601",
        "throttle.memory, 0",
        "token.groups, gatepost-welcome",
        "token.keys, RS256:nowhere.pem",
        "token.keys, none:x",
        "token.lifetime.max, 59",
        "password.hash.threads, 65",
        "password.directory.threads, 0",
        "password.checks.max, 3",
        "no.such.key, 1"
    })
    void valueThatCannotBeUsedIsNamed(String key, String value) {
        assertEquals(List.of(key), faultyKeys(key, value));
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertEquals(
                List.of("default.accounts", "anonymous", "throttle.memory"),
                faultyKeys("throttle.memory", "x", "anonymous", "x", "default.accounts", "x"));
    }

    @Test
    void keysAreReadFromTheirFiles() throws Exception {
        TokenFixture files = new TokenFixture(home);
        files.file("one.secret", TokenFixture.SECRET);
        files.file("two.secret", TokenFixture.SECRET);
        AuthenticationSettings settings = read("token.keys", "HS256:one.secret, HS256:two.secret");
        assertEquals(2, settings.keys().all().size());
        assertEquals(
                List.of(home.resolve("one.secret"), home.resolve("two.secret")),
                settings.keys().files());
    }

    @Test
    void realmIsUsersFileLdapAndDatabaseInTheOrderGiven() throws Exception {
        AuthenticationSettings settings = read(
                "realm",
                "ldap, users-file, jdbc",
                "ldap.connection.url",
                "ldap://localhost:389",
                "ldap.user.base.dn",
                "ou=people,dc=example,dc=com",
                "jdbc.datasource",
                "osgi:javax.sql.DataSource");
        assertEquals(
                List.of(LDAPLoginModule.class, PropertiesLoginModule.class, JDBCLoginModule.class),
                settings.realm().stream().map(LoginModuleChoice::module).toList());
    }

    @Test
    void realmWithoutAUsersFileHasNone() throws Exception {
        assertFalse(read("realm", "jdbc", "jdbc.datasource", "jndi:users")
                .usersFile()
                .path()
                .isPresent());
    }

    @Test
    void directoryNeedsAnAddressAndABase() {
        assertEquals(List.of("ldap.connection.url", "ldap.user.base.dn"), faultyKeys("realm", "ldap"));
        assertEquals(List.of("jdbc.datasource"), faultyKeys("realm", "jdbc"));
    }

    @Test
    void directoryLetsNobodyInWithoutAPassword() {
        assertEquals(
                List.of("ldap.options"),
                faultyKeys(
                        "realm",
                        "ldap",
                        "ldap.connection.url",
                        "ldap://localhost",
                        "ldap.user.base.dn",
                        "dc=x",
                        "ldap.options",
                        "allowEmptyPasswords=true"));
        assertEquals(
                List.of("ldap.options"),
                faultyKeys(
                        "realm",
                        "ldap",
                        "ldap.connection.url",
                        "ldap://localhost",
                        "ldap.user.base.dn",
                        "dc=x",
                        "ldap.options",
                        "authentication=none"));
    }

    @Test
    void directoryIsWaitedForALimitedTimeAndItsAnswersAreNotKept() throws Exception {
        Map<String, ?> options = read(
                        "realm",
                        "ldap",
                        "ldap.connection.url",
                        "ldaps://localhost",
                        "ldap.user.base.dn",
                        "dc=x",
                        "ldap.options",
                        "ssl.truststore=ldap, context.java.naming.referral=follow")
                .realm()
                .get(0)
                .options();
        assertEquals("5000", options.get("context.com.sun.jndi.ldap.connect.timeout"));
        assertEquals("5000", options.get("context.com.sun.jndi.ldap.read.timeout"));
        assertEquals("true", options.get("disableCache"));
        assertEquals("ldap", options.get("ssl.truststore"));
        assertEquals("follow", options.get("context.java.naming.referral"));
        assertFalse(options.containsKey("role.filter"), "no base for groups, no search for them");
    }
}
