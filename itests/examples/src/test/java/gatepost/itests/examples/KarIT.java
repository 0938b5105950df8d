package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The KAR in an Apache Karaf as it is downloaded, on a machine without a network. */
class KarIT {

    private static final String KARAF = "/opt/apache-karaf-" + System.getProperty("karaf.version");

    @AutoClose
    private static Sandbox sandbox;

    @AutoClose
    private static Shell shell;

    @BeforeAll
    static void installAsTheGuideSays() {
        sandbox = Sandbox.make();
        shell = sandbox.shell(Map.of("HOME", "/var/tmp", "JAVA_HOME", System.getProperty("java.home")));
        shell.run("""
                cd /opt && tar -xzf '%s'
                cp '%s' .
                export KARAF=%s
                """.formatted(System.getProperty("karaf.archive"), System.getProperty("gatepost.kar"), KARAF));
        Guide.OPERATORS.block("In a Karaf of your own").forEach(block -> shell.run(block.text()));
    }

    @Test
    void aMessageTravels() {
        shell.run("""
                for second in $(seq 60); do
                    # one is open before the other
                    grep -q 'connector stomp listens' $KARAF/data/log/karaf.log &&
                        grep -q 'connector ws listens' $KARAF/data/log/karaf.log && break
                    sleep 1
                done
                cd '%s'
                GATEPOST_LOGIN=system GATEPOST_PASSCODE=manager PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 notify.py alice hello
                """.formatted(Suite.EXAMPLES.resolve("python")));
        assertTrue(shell.run("cat $KARAF/data/log/karaf.log").contains("connector ws listens on ws://0.0.0.0:61614"));
    }

    @Test
    void nothingGoesWrong() {
        assertEquals("", shell.run("grep ' ERROR ' $KARAF/data/log/karaf.log || true"));
    }
}
