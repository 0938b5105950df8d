package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator's guide from its first command to its last, on one server that starts with nothing. What a command has to lead to is
 * looked at after it. {@link KarIT} runs what is about another Karaf, and
 * {@link DebianPackageIT} what is about the package.
 */
class OperatorsGuideIT {

    private static final Path SERVER = Path.of("src/test/server").toAbsolutePath();
    private static final Set<String> ELSEWHERE = Set.of("In a Karaf of your own", "Install", "Upgrade the package");

    @AutoClose
    private static Sandbox sandbox;

    @AutoClose
    private static Shell shell;

    private final Map<String, Runnable> before = new HashMap<>();
    private final Map<String, Runnable> after = new HashMap<>();

    @BeforeAll
    static void aServer() {
        sandbox = Sandbox.make();
        shell = sandbox.shell(Map.of(
                "HOME",
                "/var/tmp",
                "PATH",
                SERVER + ":/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "SERVER",
                SERVER.toString(),
                "EXAMPLES",
                Suite.EXAMPLES.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"));
        shell.run("""
                log=/var/lib/gatepost/data/log/gatepost.log
                await() {
                    for tenth in $(seq 600); do
                        count=$(tail -n +$(($(cat /run/gatepost.lines) + 1)) $log 2>/dev/null | grep -c "$1" || true)
                        [ "${count:-0}" -ge "$2" ] && return 0
                        sleep 0.1
                    done
                    tail -20 $log >&2
                    return 1
                }
                ulimit -n 4096
                echo JAVA_HOME='%1$s' > /etc/default/gatepost
                export JAVA_HOME='%1$s'
                cp '%2$s' '%2$s.sha256' /var/tmp/
                cd /var/tmp
                echo '127.0.0.1 ldap.example.com gatepost.example.com' >> /etc/hosts
                rm -f /etc/nginx/sites-enabled/default
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=gatepost.example.com \\
                    -addext subjectAltName=DNS:gatepost.example.com \\
                    -keyout /etc/ssl/gatepost.example.com.key -out /etc/ssl/gatepost.example.com.pem 2>/dev/null
                """.formatted(System.getProperty("java.home"), System.getProperty("gatepost.distribution")));
    }

    @TestFactory
    Stream<DynamicTest> everyCommand() {
        after.put("The service 1", this::itRunsAsAUserWhoMayChangeNothingOfTheProgram);
        after.put("Accounts and tokens 2", this::theApplicationAndItsUsersSignInAndTheShippedAccountsDoNot);
        after.put("TLS 2", this::theNewConnectorsShowTheCertificateAndTheOldOnesAreForThisMachine);
        after.put("A reverse proxy 1", this::theProxyPassesOnlyPagesOfItsOwnHostOn);
        before.put("A reverse proxy 2", this::theProxyIsGone);
        after.put("A reverse proxy 2", this::theProxyPassesOnlyPagesOfItsOwnHostOn);
        before.put("LDAP 1", this::aDirectory);
        after.put("LDAP 1", this::aUserOfTheDirectorySignsIn);
        before.put("Backup and restore 1", () -> send("in the backup"));
        after.put("Backup and restore 1", this::theMessageIsFetched);
        after.put("Backup and restore 2", this::theMessageOfTheBackupIsThereAgain);
        before.put("Upgrade from the archive 1", this::aNewVersion);
        after.put("Upgrade from the archive 1", this::theNewVersionRunsWithTheOldConfigurationAndMessages);
        before.put("Health and metrics 1", this::theirPagesAreThere);
        after.put("Health and metrics 1", this::everyMetricThatIsNamedExists);
        after.put("Health and metrics 2", this::monitorsHaveAPortOfTheirOwn);

        Map<String, Integer> counts = new HashMap<>();
        List<DynamicTest> tests = Guide.OPERATORS.blocks().stream()
                .filter(block -> block.language().equals("sh") && !ELSEWHERE.contains(block.heading()))
                .map(block -> {
                    String name = block.heading() + " " + counts.merge(block.heading(), 1, Integer::sum);
                    Runnable first = before.remove(name);
                    Runnable then = after.remove(name);
                    return DynamicTest.dynamicTest(name, () -> run(block, first, then));
                })
                .toList();
        assertEquals(
                List.of(),
                Stream.concat(before.keySet().stream(), after.keySet().stream()).toList(),
                "what is looked at without a command");
        return tests.stream();
    }

    private static void run(Guide.Block block, Runnable first, Runnable then) {
        if (first != null) {
            first.run();
        }
        // the directory of this server has no certificate that Java trusts
        shell.run(block.text().replace("ldaps://ldap.example.com:636", "ldap://ldap.example.com:389"));
        if (then != null) {
            then.run();
        }
    }

    private void itRunsAsAUserWhoMayChangeNothingOfTheProgram() {
        shell.look(
                "if command -v systemd-analyze; then systemd-analyze verify /etc/systemd/system/gatepost.service; fi");
        awaitOpen(2);
        assertEquals("gatepost", shell.look("ps -o user= -p $(cat /run/gatepost.pid)"));
        assertEquals("", shell.look("find /opt/gatepost/ ! -user root -o -newer /run/gatepost.pid -type f"));
        assertEquals("", shell.look("grep ' ERROR ' $log || true"));
    }

    private void theApplicationAndItsUsersSignInAndTheShippedAccountsDoNot() {
        await("gatepost.authentication.cfg is in force", 2);
        send("for 42");
        receive("for 42");
        assertTrue(shell.look(
                        "python() { /usr/bin/python3 \"$@\" 2>&1 || true; }; python $SERVER/receive.py system manager any")
                .contains("ConnectFailedException"));
    }

    private void theNewConnectorsShowTheCertificateAndTheOldOnesAreForThisMachine() {
        for (String connector : new String[] {
            "stomps listens on stomp+ssl://0.0.0.0:61615",
            "wss listens on wss://0.0.0.0:61616",
            "stomp listens on stomp://127.0.0.1:61612",
            "ws listens on ws://127.0.0.1:61614"
        }) {
            await("connector " + connector, 1);
        }
        for (int port : new int[] {61615, 61616}) {
            shell.look("openssl s_client -connect 127.0.0.1:" + port
                    + " -servername gatepost.example.com -verify_return_error "
                    + "-CAfile /etc/ssl/gatepost.example.com.pem </dev/null >/dev/null 2>&1");
        }
        assertEquals(
                "61615 61616",
                String.join(
                        " ",
                        shell.look(
                                        "ss -Hltn | awk '{print $4}' | grep -v '127.0.0.1' | sed 's/.*://' | grep '^616' | sort")
                                .split("\n")));
    }

    private void theProxyPassesOnlyPagesOfItsOwnHostOn() {
        assertEquals("101", upgrade("https://gatepost.example.com"));
        assertEquals("403", upgrade("https://elsewhere.example.com"));
        assertEquals("200 401", shell.look("""
                call() {
                    curl -s --cacert /etc/ssl/gatepost.example.com.pem -o /dev/null -w '%{http_code}' "$@" \\
                        https://gatepost.example.com/gatepost/api/v1/users/a%2Fb
                }
                echo $(call -u "app:$(cat /var/lib/gatepost/etc/keys/app.password)") $(call -u app:wrong)
                """).trim());
    }

    private void theProxyIsGone() {
        shell.look("nginx -s stop; while ss -Hltn 'sport = :443' | grep -q .; do sleep 0.1; done");
    }

    private static String upgrade(String origin) {
        return shell.look("""
                curl -s --max-time 1 --http1.1 --cacert /etc/ssl/gatepost.example.com.pem -o /dev/null -w '%%{http_code}' \\
                    -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \\
                    -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' -H 'Sec-WebSocket-Protocol: v12.stomp' \\
                    -H 'Origin: %s' https://gatepost.example.com/stomp || true
                echo
                """.formatted(origin)).trim();
    }

    private void aDirectory() {
        shell.look("""
                install -d /var/lib/directory
                slapadd -f $SERVER/slapd.conf -l $SERVER/directory.ldif
                slapd -f $SERVER/slapd.conf -h ldap://127.0.0.1:389/
                """);
    }

    private void aUserOfTheDirectorySignsIn() {
        await("gatepost.authentication.cfg is in force", 3);
        shell.look("""
                cd $EXAMPLES/python
                GATEPOST_LOGIN=app GATEPOST_PASSCODE=$(cat $KARAF_BASE/etc/keys/app.password) /usr/bin/python3 notify.py heidi hers
                """);
        assertEquals("received", shell.look("/usr/bin/python3 $SERVER/receive.py heidi heidi-password hers"));
    }

    private void theMessageIsFetched() {
        awaitOpen(4);
        receive("in the backup");
    }

    private void theMessageOfTheBackupIsThereAgain() {
        awaitOpen(4);
        receive("in the backup");
    }

    private void aNewVersion() {
        send("before the upgrade");
        shell.look("""
                cd /var/tmp
                mkdir next && tar -xzf gatepost-0.1.0.tar.gz -C next && mv next/gatepost-0.1.0 next/gatepost-0.2.0
                echo '# new in 0.2.0' >> next/gatepost-0.2.0/etc.dist/gatepost.routes.cfg
                echo '# new in 0.2.0' >> next/gatepost-0.2.0/etc.dist/gatepost.authentication.cfg
                echo 'new = yes' > next/gatepost-0.2.0/etc.dist/new.properties
                rm next/gatepost-0.2.0/etc.dist/branding.properties
                tar -czf gatepost-0.2.0.tar.gz -C next gatepost-0.2.0
                """);
        shell.run("cd /var/tmp");
    }

    private void theNewVersionRunsWithTheOldConfigurationAndMessages() {
        awaitOpen(4);
        receive("before the upgrade");
        assertEquals("gatepost-0.2.0", shell.look("readlink /opt/gatepost"));
        assertEquals(
                "gatepost.authentication.cfg.new gatepost.routes.cfg new.properties",
                String.join(
                        " ",
                        shell.look("cd $KARAF_BASE/etc && grep -rlE 'new in 0.2.0|^new = yes' . | sed 's|^./||' | sort")
                                .split("\n")));
        assertEquals("gone", shell.look("test -e $KARAF_BASE/etc/branding.properties || echo gone"));
        assertTrue(
                shell.look("cat /run/gatepost.out").contains("etc/gatepost.authentication.cfg: yours is in force"),
                "what both have changed is named");
        assertEquals("", shell.look("find $KARAF_BASE ! -user gatepost"));
    }

    /** The console may come a moment later than the connectors. */
    private void theirPagesAreThere() {
        for (String page : new String[] {"health/live", "health/ready", "metrics"}) {
            shell.look("curl -fsS --retry 90 --retry-delay 1 --retry-all-errors -o /dev/null http://127.0.0.1:8181/"
                    + page);
        }
    }

    private void everyMetricThatIsNamedExists() {
        // those of a webhook are there when one is
        String metrics = shell.look("""
                webhook=$KARAF_BASE/etc/gatepost.webhook-app.cfg
                printf 'url = http://127.0.0.1:9/hook\\nevents = message.undelivered\\nsecret = whsec_%s\\n' $(openssl rand -base64 32) >$webhook
                chown gatepost: $webhook
                until curl -fsS http://127.0.0.1:8181/metrics | grep -q '^gatepost_events_up'; do sleep 0.1; done
                curl -fsS http://127.0.0.1:8181/metrics
                rm $webhook
                """);
        Matcher named = Pattern.compile("\\b(gatepost|jvm)_[a-z_]+")
                .matcher(shell.look("cat /opt/gatepost/contrib/prometheus-rules.yml") + Guide.OPERATORS.text());
        int count = 0;
        for (; named.find(); count++) {
            assertTrue(
                    Pattern.compile("(?m)^" + named.group() + "[ {]")
                            .matcher(metrics)
                            .find(),
                    named.group());
        }
        assertTrue(count > 10, "metrics that are named: " + count);
    }

    private void monitorsHaveAPortOfTheirOwn() {
        for (String page : new String[] {"health/live", "health/ready", "metrics"}) {
            shell.look("curl -fsS --retry 30 --retry-delay 1 --retry-all-errors -o /dev/null http://127.0.0.1:8182/"
                    + page);
        }
        assertEquals(
                "404",
                shell.look("curl -sS -o /dev/null -w '%{http_code}\n' http://127.0.0.1:8182/")
                        .trim());
    }

    private static void send(String text) {
        shell.look("""
                cd $EXAMPLES/python
                GATEPOST_LOGIN=app GATEPOST_PASSCODE=$(cat $KARAF_BASE/etc/keys/app.password) /usr/bin/python3 notify.py 42 '%s'
                """.formatted(text));
    }

    private static void receive(String text) {
        assertEquals(
                "received",
                shell.look(
                        "/usr/bin/python3 $SERVER/receive.py 42 token:$KARAF_BASE/etc/keys/app.secret '" + text + "'"));
    }

    /** Waits until connectors were opened so many times since the last start. */
    private static void awaitOpen(int connectors) {
        await("connector .* listens on", connectors);
    }

    private static void await(String expression, int lines) {
        shell.look("await '" + expression + "' " + lines);
    }
}
