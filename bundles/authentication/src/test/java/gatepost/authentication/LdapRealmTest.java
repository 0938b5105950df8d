package gatepost.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.ClientAddress;
import gatepost.authentication.login.OwnAccounts;
import gatepost.authentication.login.SignInRefused;
import gatepost.authentication.realm.DirectoryServer;
import gatepost.authentication.realm.LoginModuleChoice;
import gatepost.authentication.realm.TestRealm;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.token.TokenVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users from an LDAP directory, by configuration alone, against a real server. */
@Tag("slow")
class LdapRealmTest {

    private static final ClientAddress AWAY = ClientAddress.of("stomp://192.0.2.7:1");
    private static final String CONTENT = """
            dn: dc=example,dc=com
            objectClass: dcObject
            objectClass: organization
            dc: example
            o: Example

            dn: cn=search,dc=example,dc=com
            objectClass: organizationalRole
            objectClass: simpleSecurityObject
            cn: search
            userPassword: searchpw

            dn: ou=people,dc=example,dc=com
            objectClass: organizationalUnit
            ou: people

            dn: uid=erin,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: erin
            cn: Erin
            sn: Example
            userPassword: erinpw

            dn: uid=frank (temp),ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: frank(temp)
            uid: frank (temp)
            cn: Frank
            sn: Example
            userPassword: frankpw

            dn: uid=system,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: system
            cn: Somebody
            sn: Example
            userPassword: directorypw

            dn: ou=groups,dc=example,dc=com
            objectClass: organizationalUnit
            ou: groups

            dn: cn=staff,ou=groups,dc=example,dc=com
            objectClass: groupOfNames
            cn: staff
            member: uid=erin,ou=people,dc=example,dc=com

            dn: cn=gatepost-welcome,ou=groups,dc=example,dc=com
            objectClass: groupOfNames
            cn: gatepost-welcome
            member: uid=erin,ou=people,dc=example,dc=com

            dn: cn=testers,ou=groups,dc=example,dc=com
            objectClass: groupOfNames
            cn: testers
            member: uid=erin,ou=people,dc=example,dc=com
            member: uid=system,ou=people,dc=example,dc=com
            """;

    @TempDir
    static Path folder;

    private static DirectoryServer server;

    @BeforeAll
    static void start() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(etc.resolve("users.properties"), "system = filepw,_g_:admins\n");
        server = new DirectoryServer(folder, CONTENT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Authenticator authenticator(String... more) throws Exception {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "realm",
                "users-file, ldap",
                "users.file",
                "etc/users.properties",
                "ldap.connection.url",
                server.url(),
                "ldap.connection.username",
                "cn=search,dc=example,dc=com",
                "ldap.connection.password",
                "searchpw",
                "ldap.user.base.dn",
                "ou=people,dc=example,dc=com",
                "ldap.role.base.dn",
                "ou=groups,dc=example,dc=com",
                "ldap.role.mapping",
                "staff=users"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        AuthenticationSettings settings = AuthenticationSettings.read(properties, folder);
        InstantSource clock = InstantSource.system();
        return new Authenticator(
                new TestRealm(settings.realm().toArray(LoginModuleChoice[]::new)).login(settings.usersFile()),
                settings.usersFile(),
                new TokenVerifier(settings.keys(), settings.tokens(), clock),
                new OwnAccounts(),
                new Throttle(settings.throttle(), clock),
                settings.rules(),
                clock);
    }

    private static SignInRefused refusal(Authenticator authenticator, String login, String passcode) {
        return assertThrows(SignInRefused.class, () -> authenticator.signIn(login, passcode, AWAY));
    }

    @Test
    void directorysUserHasItsGroupsByTheirMappedNamesAndNoneOfGatepostsOwn() throws Exception {
        Identity erin = authenticator().signIn("erin", "erinpw", AWAY);
        assertEquals("erin", erin.user());
        assertEquals(Set.of("users", "testers"), erin.groups());
        assertEquals(Source.REALM, erin.source());
    }

    @Test
    void wrongAndEmptyPasswordsAndUnknownUsersAreRefused() throws Exception {
        Authenticator authenticator = authenticator();
        for (String[] login : new String[][] {{"erin", "wrong"}, {"erin", ""}, {"erin", null}, {"nobody", "erinpw"}}) {
            assertEquals(
                    "sign-in refused: unknown user or wrong passcode",
                    refusal(authenticator, login[0], login[1]).getMessage());
        }
    }

    @Test
    void anUnknownNameTakesAsManyQuestionsAsAKnownOne() throws Exception {
        Authenticator authenticator = authenticator();
        refusal(authenticator, "erin", "wrong"); // whoever is first opens the connection that searches
        List<String> known = server.asked(() -> refusal(authenticator, "erin", "wrong"));
        assertTrue(known.contains("new BIND"), known.toString());
        for (int i = 0; i < 2; i++) {
            assertEquals(known, server.asked(() -> refusal(authenticator, "nobody", "wrong")));
        }
        assertEquals(known, server.asked(() -> refusal(authenticator, "nobody", "searchpw")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"er*", "*", "erin)(uid=*", "erin)(&", "e\\72in", "erin\u0000", "frank(temp)", "erin,ou=people"})
    void nameIsNeverAPartOfTheSearchsLanguage(String login) throws Exception {
        refusal(authenticator(), login, "erinpw");
    }

    @Test
    void nameOfTheUsersFileIsTheUsersFilesAlone() throws Exception {
        assertEquals(
                Set.of("admins"),
                authenticator().signIn("system", "filepw", AWAY).groups());
        refusal(authenticator(), "system", "directorypw");
    }

    @Test
    void directoryAloneIsEnough() throws Exception {
        assertEquals(
                Set.of("testers"),
                authenticator("realm", "ldap")
                        .signIn("system", "directorypw", AWAY)
                        .groups());
        refusal(authenticator("realm", "ldap"), "system", "filepw");
    }

    @Test
    void withoutABaseForGroupsNobodyHasAny() throws Exception {
        assertEquals(
                Set.of(),
                authenticator("ldap.role.base.dn", "")
                        .signIn("erin", "erinpw", AWAY)
                        .groups());
    }

    @Test
    void directoryThatCannotBeAskedIsNoWrongPassword() throws Exception {
        Authenticator away =
                authenticator("ldap.connection.url", "ldap://127.0.0.1:1", "throttle.address.failures", "1");
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "sign-in is not possible at the moment",
                    refusal(away, "erin", "erinpw").getMessage());
        }
        assertTrue(refusal(authenticator("ldap.connection.password", "wrong"), "erin", "erinpw")
                .reason()
                .contains("LDAP"));
    }
}
