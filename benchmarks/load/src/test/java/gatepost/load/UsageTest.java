package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UsageTest {

    /** user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice (proc(5)), in hundredths of a second. */
    private static final String[] MACHINE = "cpu 100 20 300 4000 50000 6 7 800 90000 100000".split(" ");

    @Test
    void aProcessorThatIsIdleOrWaitsForTheDiskOrIsStolenIsNotBusy() {
        assertEquals(4.33, Usage.busy(MACHINE), 0.001);
    }

    @Test
    void whatTheHypervisorKeptIsNeitherBusyNorIdle() {
        assertEquals(8, Usage.stolen(MACHINE), 0.001);
    }
}
