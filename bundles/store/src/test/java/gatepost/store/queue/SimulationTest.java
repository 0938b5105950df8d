package gatepost.store.queue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand crashes; {@code bundles/store/simulate} makes as many as one likes. */
class SimulationTest {

    /** Crashes of one seed, after which the disk is a new one. */
    private static final int LIVES = 20;

    @Test
    @Tag("slow")
    void whatWasConfirmedIsThereAfterACrashWhereverItComesAndWhateverTheDiskDoes() {
        long first = Long.getLong("simulation.seed", 1);
        long crashes = Long.getLong("simulation.crashes", 1_000);
        for (long seed = first; seed < first + Math.max(1, crashes / LIVES); seed++) {
            new Simulation(seed).run(LIVES);
        }
    }

    @Test
    @Tag("slow")
    void whatAnInboxHasConfirmedIsThereAndInItsStateAndNoOffsetIsGivenTwice() {
        long first = Long.getLong("simulation.seed", 1);
        long crashes = Long.getLong("simulation.crashes", 1_000);
        for (long seed = first; seed < first + Math.max(1, crashes / LIVES); seed++) {
            new InboxSimulation(seed).run(LIVES);
        }
    }
}
