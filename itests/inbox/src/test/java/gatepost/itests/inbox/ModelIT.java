package gatepost.itests.inbox;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An inbox does what a {@link Model} of it says, whatever its clients do and however often it is killed. {@code -Dseed=} does again what a
 * run with that seed did, but for what is a matter of time; {@code -Dmodel.kills=} and {@code -Dmodel.steps=} (before each kill) do more.
 */
@ExtendWith(Suite.class)
class ModelIT {

    private static final int KILLS = Integer.getInteger("model.kills", 2);
    private static final int STEPS = Integer.getInteger("model.steps", 100);

    @Test
    void anInboxDoesWhatItsModelSays() throws InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        ModelSteps.history("100000");
        ModelSteps steps = new ModelSteps(Owner.next(), new Random(seed));
        int kill = 0;
        try {
            for (; kill < KILLS; kill++) {
                for (int step = 0; step < STEPS; step++) {
                    steps.next();
                }
                steps.kill();
                System.out.println("kills: " + (kill + 1) + ", " + steps + ", and all is as the model says");
            }
        } catch (AssertionError | RuntimeException e) {
            System.out.println(steps.picture());
            steps.close();
            throw new AssertionError(
                    "-Dseed=" + seed + ", after " + kill + " kills, at: " + steps.step() + ": " + e.getMessage(), e);
        }
        steps.close();
        ModelSteps.history(Suite.USUAL.get("history.messages"));
    }
}
