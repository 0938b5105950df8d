package gatepost.store.queue;

import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int SEEDS = 50;
    private static final int LIVES = 20;

    /** A thousand crashes; {@code bundles/store/simulate} makes as many as one likes. */
    @Test
    void whatWasConfirmedIsThereAfterACrashWhereverItComesAndWhateverTheDiskDoes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Simulation(seed).run(LIVES);
        }
    }

    /** @param arguments the first seed, how many seeds, and how many crashes for each */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        long seeds = Long.parseLong(arguments[1]);
        int lives = Integer.parseInt(arguments[2]);
        for (long seed = first; seed < first + seeds; seed++) {
            new Simulation(seed).run(lives);
            if ((seed - first + 1) % 1_000 == 0) {
                System.out.println((seed - first + 1) * lives + " crashes, nothing lost, nothing came again");
            }
        }
        System.out.println(seeds * lives + " crashes from seed " + first + " on: nothing lost, nothing came again");
    }
}
