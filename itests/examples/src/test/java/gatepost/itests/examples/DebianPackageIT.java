package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The Debian package through its life, on one server: installed, run, upgraded, removed and purged, each test after the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DebianPackageIT {

    private static final Path SERVER = Path.of("src/test/server").toAbsolutePath();
    private static final Path DISTRIBUTION = Path.of(System.getProperty("gatepost.distribution"))
            .toAbsolutePath()
            .normalize();
    private static final String VERSION = DISTRIBUTION.getFileName().toString().replaceAll("gatepost-|\\.tar\\.gz", "");
    private static final Path PACKAGE = DISTRIBUTION.resolveSibling("gatepost_" + VERSION + "_all.deb");

    @AutoClose
    private static Sandbox sandbox;

    @AutoClose
    private static Shell shell;

    @BeforeAll
    static void aServer() {
        if (!"root".equals(System.getProperty("user.name"))
                || !Path.of("/usr/bin/dpkg").toFile().exists()) {
            String why = "the Debian package was not tested: only root on a Debian can install it";
            System.err.println(why);
            if (System.getenv("CI") != null) {
                fail(why);
            }
        }
        sandbox = Sandbox.make();
        shell = sandbox.shell(Map.of(
                "HOME",
                "/var/tmp",
                "PATH",
                SERVER + ":/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "DEBIAN_FRONTEND",
                "noninteractive",
                "EXAMPLES",
                Suite.EXAMPLES.toString(),
                "SERVER",
                SERVER.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"));
        shell.run("""
                log=/var/lib/gatepost/data/log/gatepost.log
                started() {
                    for tenth in $(seq 600); do
                        count=$(tail -n +$(($(cat /run/gatepost.lines) + 1)) $log 2>/dev/null | grep -c 'connector .* listens on' || true)
                        [ "${count:-0}" -ge "$1" ] && return 0
                        sleep 0.1
                    done
                    tail -20 /run/gatepost.out $log >&2
                    return 1
                }
                ulimit -n 4096
                cd /var/tmp
                mkdir /var/tmp/before
                for folder in /etc /usr /var; do
                    find $folder -iname '*gatepost*' || true
                done | sort > before/files
                """);
    }

    @Test
    @Order(1)
    void installedItHasAUserAndConfigurationThatIsForThatUserOnly() {
        shell.run("cp '%1$s' '%1$s.sha256' .".formatted(PACKAGE));
        asTheGuideSays("Install");
        assertEquals("/usr/sbin/nologin", shell.run("getent passwd gatepost | cut -d: -f7"));
        assertEquals("", shell.run("find /usr/share/gatepost ! -user root"));
        assertEquals(
                "", shell.run("find /etc/gatepost/ /var/lib/gatepost ! -type l \\( ! -user gatepost -o -perm /7 \\)"));
        assertEquals(
                "", shell.run("""
                        tar -tzf '%s' | grep '\\.jar$' | sed 's|^[^/]*/||' | sort > jars
                        (cd /usr/share/gatepost && find . -name '*.jar') | sed 's|^./||' | sort | diff jars -
                        """.formatted(DISTRIBUTION)), "the archive's bill of materials is the package's, too");
        assertEquals("root root root", shell.run("stat -c %U /etc /var /var/lib | xargs"));
        shell.run(
                "if command -v systemd-analyze; then systemd-analyze verify /usr/lib/systemd/system/gatepost.service; fi");
    }

    @Test
    @Order(2)
    void itRunsAsTheUnitSaysAndChangesNoneOfItsConffiles() {
        shell.run("systemctl start gatepost\nstarted 2");
        assertEquals("gatepost", shell.run("ps -o user= -p $(cat /run/gatepost.pid)"));
        assertTrue(shell.run("echo gatepost:status | gatepost-client -b -r 30").contains("stomp://"));
        send("before the upgrade");
        shell.run("systemctl stop gatepost\nsystemctl start gatepost\nstarted 2");
        assertEquals("", shell.run("dpkg --verify gatepost"), "what dpkg would ask about");
        assertEquals("", shell.run("find /usr/share/gatepost -newer /run/gatepost.pid"));
        assertEquals("", shell.run("find /etc/gatepost/ ! -user gatepost"));
        assertEquals("", shell.run("grep ' ERROR ' $log || true"));
    }

    /** As root, which hands over to the service's user. */
    @Test
    @Order(3)
    void logrotateRenamesItsLogs() {
        shell.run("""
                logrotate -f -s /var/tmp/logrotate.state /etc/logrotate.d/gatepost
                until [ -e $log ]; do echo 'log:log again' | gatepost-client -b -r 30 >/dev/null; done
                """);
        assertEquals("", shell.run("find /var/lib/gatepost/ ! -user gatepost ! -type l"));
        assertEquals("2", shell.run("grep -c 'connector stomp listens on' $log.1"), "of two starts");
        // the next start looks for its own lines there
        shell.run("systemctl stop gatepost; mv $log.1 $log; systemctl start gatepost; started 2");
    }

    @Test
    @Order(4)
    void anUpgradeKeepsWhatTheOperatorChangedAndRemoved() {
        shell.run("""
                cd /etc/gatepost
                echo '# mine' >> gatepost.broker.cfg
                echo '# mine' >> gatepost.inbox.cfg
                rm gatepost.connector-ws.cfg
                password=$(grep '^admin = ' users.properties)
                cd /var/tmp
                dpkg-deb -R '%s' next
                sed -i 's/^Version: .*/Version: 0.2.0/' next/DEBIAN/control
                echo '# theirs' >> next/etc/gatepost/gatepost.broker.cfg
                echo '# theirs' >> next/etc/gatepost/gatepost.routes.cfg
                echo '# theirs' >> next/etc/gatepost/gatepost.connector-ws.cfg
                cp -p next/etc/gatepost/gatepost.events.cfg next/etc/gatepost/new.properties
                echo /etc/gatepost/new.properties >> next/DEBIAN/conffiles
                echo new > next/usr/share/gatepost/new
                dpkg-deb -Znone -b next gatepost_0.2.0_all.deb >/dev/null
                rm -rf next
                systemctl stop gatepost
                """.formatted(PACKAGE));
        // the operator's answer to each question
        shell.run("echo force-confold > /etc/dpkg/dpkg.cfg.d/answer");
        asTheGuideSays("Upgrade the package");
        shell.run("systemctl start gatepost\nstarted 1");
        assertEquals("0.2.0", shell.run("dpkg-query -W -f '${Version}' gatepost; echo"));
        assertEquals(
                "gatepost.broker.cfg gatepost.inbox.cfg",
                shell.run("cd /etc/gatepost; grep -l '# mine' *.cfg | xargs"));
        assertEquals("gatepost.routes.cfg", shell.run("cd /etc/gatepost; grep -l '# theirs' *.cfg | xargs"));
        assertEquals("gone", shell.run("test -e /etc/gatepost/gatepost.connector-ws.cfg || echo gone"));
        assertEquals("same", shell.run("grep -qxF \"$password\" /etc/gatepost/users.properties && echo same"));
        assertEquals(
                "gatepost",
                shell.run("stat -c %U /etc/gatepost/new.properties /etc/gatepost/gatepost.routes.cfg | uniq"));
        assertEquals("received", shell.run("/usr/bin/python3 $SERVER/receive.py alice alice 'before the upgrade'"));
    }

    @Test
    @Order(5)
    void removedItLeavesConfigurationMessagesAndTheirOwner() {
        send("before it is removed");
        shell.run("systemctl stop gatepost\ndpkg -r gatepost >out 2>&1 || { cat out >&2; false; }");
        assertEquals(
                "",
                shell.run("ls -d /usr/share/gatepost /usr/lib/systemd/system/gatepost.service 2>/dev/null || true"));
        assertEquals("2", shell.run("grep -l '# mine' /etc/gatepost/*.cfg | wc -l"));
        install("--force-downgrade " + PACKAGE);
        shell.run("systemctl start gatepost\nstarted 1");
        assertEquals("received", shell.run("/usr/bin/python3 $SERVER/receive.py alice alice 'before it is removed'"));
        shell.run("systemctl stop gatepost");
    }

    @Test
    @Order(6)
    void purgedItLeavesNothing() {
        shell.run(
                "rm /var/tmp/gatepost_*\nuid=$(id -u gatepost)\ndpkg -P gatepost >out 2>&1 || { cat out >&2; false; }");
        assertEquals("", shell.run("getent passwd gatepost || true\ngetent group gatepost || true"));
        assertEquals("", shell.run("find /etc /opt /usr /var -uid $uid || true"));
        assertEquals("", shell.run("""
                for folder in /etc /usr /var; do
                    find $folder -iname '*gatepost*' || true
                done | sort | comm -13 before/files -
                """));
    }

    @Test
    @Order(7)
    void oneFromTheArchiveIsNotTakenOverUnasked() {
        String said = shell.run("mkdir -p /var/lib/gatepost/etc\ndpkg -i '%s' 2>&1 || true".formatted(PACKAGE));
        assertTrue(said.contains("/var/lib/gatepost/etc is in the way"), said);
        assertEquals("", shell.run("getent passwd gatepost || true"));
    }

    private static void asTheGuideSays(String heading) {
        Guide.OPERATORS
                .block(heading)
                .forEach(block -> shell.run("{ " + block.text() + "} </dev/null >out 2>&1 || { cat out >&2; false; }"));
    }

    private static void install(String arguments) {
        shell.run("dpkg -i " + arguments + " </dev/null >out 2>&1 || { cat out >&2; false; }");
    }

    private static void send(String text) {
        shell.run("""
                cd $EXAMPLES/python
                GATEPOST_LOGIN=system GATEPOST_PASSCODE=manager /usr/bin/python3 notify.py alice '%s'
                cd /var/tmp
                """.formatted(text));
    }
}
