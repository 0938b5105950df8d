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
        List<Guide.Block> testing = Guide.DEVELOPERS.block("Testing your application against Gatepost");
        List<Guide.Block> trying = Guide.DEVELOPERS.block("Trying things out");
        List<Guide.Block> first = Guide.DEVELOPERS.block("Over HTTP");
        assertEquals(
                Guide.DEVELOPERS.blocks().stream()
                        .filter(block -> block.language().equals("sh"))
                        .count(),
                first.size() + testing.size() + trying.size(),
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
            String printed = shell.run(
                    Guide.DEVELOPERS.block("Over HTTP").get(0).text() + "\n# the answer has no line end\necho");
            assertTrue(
                    printed.matches(
                            "(?s)\\{\"status\":200,\"results\":\\[\\{\"user\":\"alice\",\"epoch\":\".*\",\"offset\":\\d+}]}.*"),
                    printed);
            shell.run("bin/stop");
        }
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
