package gatepost.itests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Program;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** More than a range has. */
    private static final int MANY = 500;

    @Test
    void twoProcessesAreNeverGivenOnePort() {
        Set<String> ports = new HashSet<>();
        try (Program one = Beside.start(Taker.class);
                Program other = Beside.start(Taker.class)) {
            for (int i = 0; i < MANY; i++) {
                ports.add(one.line());
                ports.add(other.line());
            }
        }
        assertEquals(2 * MANY, ports.size());
    }

    /** Prints ports, and stays until its input ends. */
    static final class Taker {

        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < MANY; i++) {
                System.out.println(Ports.free());
            }
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }
}
