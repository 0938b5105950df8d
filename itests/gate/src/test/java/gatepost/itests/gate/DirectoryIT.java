package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Users of a directory, Debian's slapd: LDAP's classes are found inside the running distribution as well, by configuration alone. */
@ExtendWith(Suite.class)
class DirectoryIT {

    private static final String AUTHENTICATION = "gatepost.authentication.cfg";
    private static final String SLAPD = """
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            database mdb
            suffix "dc=example,dc=com"
            directory %s
            access to attrs=userPassword by anonymous auth by * none
            access to * by * read
            """;
    private static final String CONTENT = """
            dn: dc=example,dc=com
            objectClass: dcObject
            objectClass: organization
            dc: example
            o: Example

            dn: uid=heidi,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: heidi
            cn: Heidi
            sn: Example
            userPassword: heidi-password

            dn: cn=staff,dc=example,dc=com
            objectClass: groupOfNames
            cn: staff
            member: uid=heidi,dc=example,dc=com
            """;

    @TempDir
    private Path folder;

    @Test
    void aUserOfTheDirectoryHasTheirOwnQueueAndNoOther() throws IOException {
        int port = Ports.free();
        try (Program slapd = start(port)) {
            Suite.gatepost()
                    .apply(
                            AUTHENTICATION,
                            Map.of(
                                    "realm",
                                    "users-file, ldap",
                                    "ldap.connection.url",
                                    "ldap://127.0.0.1:" + port,
                                    "ldap.user.base.dn",
                                    "dc=example,dc=com",
                                    "ldap.role.base.dn",
                                    "dc=example,dc=com",
                                    "ldap.role.mapping",
                                    "staff=users"));
            for (Transport transport : Transport.values()) {
                try (RawClient heidi = client(transport)) {
                    assertEquals(DONE, heidi.subscribe("/queue/user.heidi", Map.of()));
                    Suite.keeper().put("/queue/user.heidi", "hers");
                    assertEquals("hers", heidi.message());
                    assertEquals("Denied: read queue://user.alice", heidi.subscribe("/queue/user.alice", Map.of()));
                    heidi.expectEnd();
                }
                assertRefused(transport, "heidi", "another-password");
                assertRefused(transport, "hei*", "heidi-password");
            }
        } finally {
            Suite.gatepost().apply(AUTHENTICATION, Map.of("realm", "users-file"));
        }
        assertRefused(Transport.TCP, "heidi", "heidi-password");
    }

    /** It ends with its input, as every program that a test talks to. */
    private Program start(int port) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path configuration = Files.writeString(folder.resolve("slapd.conf"), SLAPD.formatted(data));
        Path content = Files.writeString(folder.resolve("content.ldif"), CONTENT);
        Command.run(
                folder,
                Map.of("PATH", "/usr/sbin:/usr/bin:/bin"),
                "slapadd",
                "-f",
                configuration.toString(),
                "-l",
                content.toString());
        Program slapd = Program.start(
                folder,
                Map.of("PATH", "/usr/sbin:/usr/bin:/bin"),
                List.of(
                        "sh",
                        "-c",
                        "slapd -d 0 -f '" + configuration + "' -h ldap://127.0.0.1:" + port
                                + "/ & cat >/dev/null; kill $!; wait"));
        Awaitility.await("slapd listens").atMost(Duration.ofSeconds(60)).until(() -> Ports.isOpen(port));
        return slapd;
    }

    private static RawClient client(Transport transport) {
        return new RawClient(transport.client(Suite.gatepost()), new Account("heidi", "heidi-password"));
    }

    private static void assertRefused(Transport transport, String login, String passcode) {
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:" + login, "passcode:" + passcode));
            client.expect("ERROR");
            client.expectEnd();
        }
    }
}
