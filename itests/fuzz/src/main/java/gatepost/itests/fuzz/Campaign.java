package gatepost.itests.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Base64;
import java.util.List;

/** Tries a target with many inputs, one after the other. */
public final class Campaign {

    /** No input may take longer, nanoseconds. */
    private static final long LONGEST = 100_000_000;
    /** Of processor time: a machine that is busy otherwise says nothing about an input. */
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    /** The collector, or the compiler, takes time now and then: an input is slow when it is so each time. */
    private static final int TRIES = 5;

    private final Target target;
    private final long seed;

    public Campaign(Target target, long seed) {
        this.target = target;
        this.seed = seed;
    }

    /**
     * The corpus as it stands, and then what is made of it.
     *
     * @param inputs how many besides the corpus
     * @throws AssertionError that says how to try the input again
     */
    public void run(long inputs) {
        List<byte[]> corpus = Corpus.of(target);
        corpus.forEach(this::one);
        Mutator mutator = new Mutator(seed, corpus, target.words());
        for (long i = 0; i < inputs; i++) {
            one(mutator.next());
        }
    }

    private void one(byte[] input) {
        try {
            long time = Long.MAX_VALUE;
            for (int i = 0; i < TRIES && time > LONGEST; i++) {
                long begin = THREAD.getCurrentThreadCpuTime();
                target.check(input);
                time = Math.min(time, THREAD.getCurrentThreadCpuTime() - begin);
            }
            if (time > LONGEST) {
                throw new AssertionError("it took " + time / 1_000_000 + " ms");
            }
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(
                    target + " with seed " + seed + ": " + e + "; in base64: "
                            + Base64.getEncoder().encodeToString(input),
                    e);
        }
    }

    /** {@code TARGET INPUTS SEED}: for as many as one has time for. */
    public static void main(String[] arguments) {
        Target target = Target.valueOf(arguments[0]);
        long inputs = Long.parseLong(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        long begin = System.nanoTime();
        new Campaign(target, seed).run(inputs);
        System.out.printf(
                "%s: %,d inputs of seed %d in %,d s: nothing found%n",
                target, inputs, seed, (System.nanoTime() - begin) / 1_000_000_000);
    }
}
