package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of the developer's guide, on a machine of their own as they speak of the default ports. */
class DevelopersGuideIT {

    @Test
    void aDistributionIsStartedForATestRunTriedOutAndStopped() {
        List<Guide.Block> testing = commands("Testing your application against Gatepost");
        List<Guide.Block> trying = commands("Trying things out");
        List<Guide.Block> first = commands("Over HTTP");
        List<Guide.Block> five = commands("Five minutes");
        assertEquals(
                Guide.DEVELOPERS.blocks().stream()
                        .filter(block -> block.language().equals("sh"))
                        .count(),
                five.size() + first.size() + testing.size() + trying.size(),
                "every command is run here");

        try (Sandbox sandbox = Sandbox.make();
                Shell shell = shell(sandbox)) {
            shell.run(testing.get(0).text());

            String printed = shell.run(trying.get(0).text());
            assertTrue(printed.matches("(?s)eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+\n.*allowed.*"), printed);

            shell.run("""
                    (cd $EXAMPLES/python
                    GATEPOST_LOGIN=system GATEPOST_PASSCODE=manager /usr/bin/python3 notify.py 42 'in a test')
                    """);
            shell.run(testing.get(1).text());
            assertEquals(
                    "",
                    shell.run("ls data/gatepost 2>/dev/null | grep -v lock || true"),
                    "nothing is left of the messages");
        }
    }

    @Test
    void theFirstExamplePublishesToADistributionAsItShips() {
        try (Sandbox sandbox = Sandbox.make();
                Shell shell = shell(sandbox)) {
            shell.run("""
                    tar -xzf gatepost-*.tar.gz
                    cd gatepost-*/
                    bin/start
                    until grep -q 'connector ws listens' data/log/gatepost.log 2>/dev/null; do sleep 0.1; done
                    """);
            String printed = shell.run(commands("Over HTTP").get(0).text() + "\n# the answer has no line end\necho");
            assertTrue(
                    printed.matches(
                            "(?s)\\{\"status\":200,\"results\":\\[\\{\"user\":\"alice\",\"epoch\":\".*\",\"offset\":\\d+}]}.*"),
                    printed);
            shell.run("bin/stop");
        }
    }

    @Test
    void fiveMinutesLeadToAPageThatIsToldWhatWasSent() {
        List<Guide.Block> five = commands("Five minutes");
        String page = Guide.DEVELOPERS.block("Five minutes").stream()
                .filter(block -> block.language().equals("html"))
                .findFirst()
                .orElseThrow()
                .text();
        try (Sandbox sandbox = Sandbox.make();
                Shell shell = shell(sandbox)) {
            // what ./run leaves behind
            shell.run("""
                    mkdir -p target/run
                    tar -xzf gatepost-*.tar.gz -C target/run
                    cp -r $EXAMPLES .
                    target/run/gatepost-*/bin/start
                    until grep -q 'connector ws listens' target/run/gatepost-*/data/log/gatepost.log 2>/dev/null; do sleep 0.1; done
                    """);
            shell.run(five.get(0).text());
            shell.run("""
                    until curl -sS -c cookies -f 'http://localhost:8000/?user=42' >page 2>/dev/null; do sleep 0.1; done
                    """);
            assertTrue(shell.run("cat page").contains(page.strip()));
            shell.run(five.get(1).text());
            shell.run("""
                    token=$(curl -sS -b cookies http://localhost:8000/notifications/session | sed 's/.*"token": "\\([^"]*\\)".*/\\1/')
                    until curl -sS -m 2 -N -H "Authorization: Bearer $token" http://localhost:61614/gatepost/inbox >stream 2>/dev/null
                        grep -q '^event: begin' stream; do sleep 0.1; done
                    """);
            assertTrue(shell.run("cat stream").contains("\"body\":\"Hello\""));
            shell.run("kill $!; target/run/gatepost-*/bin/stop");
        }
    }

    private static List<Guide.Block> commands(String heading) {
        return Guide.DEVELOPERS.block(heading).stream()
                .filter(block -> block.language().equals("sh"))
                .toList();
    }

    private static Shell shell(Sandbox sandbox) {
        Shell shell = sandbox.shell(Map.of(
                "HOME",
                "/var/tmp",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "EXAMPLES",
                Suite.EXAMPLES.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"));
        shell.run("cd /var/tmp && cp '" + System.getProperty("gatepost.distribution") + "' .");
        return shell;
    }
}
