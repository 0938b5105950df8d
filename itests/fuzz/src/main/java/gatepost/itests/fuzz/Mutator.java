package gatepost.itests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes new inputs of those in a corpus; the same seed makes the same ones. For one thread. */
final class Mutator {

    private static final int MOST_CHANGES = 6;
    private static final int MOST_BYTES = 8 << 10;
    /** Many repetitions are rare: each costs time that many small inputs could have. */
    private static final int REPEAT_BITS = 9;

    private final Random random;
    private final List<byte[]> corpus;
    private final List<byte[]> words;

    Mutator(long seed, List<byte[]> corpus, List<String> words) {
        this.random = new Random(seed);
        this.corpus = corpus;
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    byte[] next() {
        byte[] input = any(corpus);
        for (int left = random.nextInt(MOST_CHANGES + 1); left > 0; left--) {
            input = changed(input);
        }
        return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(input.length - from + 1);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(input);
            case 1 -> joined(input, 0, from, any(words), input, from, input.length);
            case 2 -> joined(input, 0, from, new byte[] {(byte) random.nextInt(256)}, input, from, input.length);
            case 3 -> joined(input, 0, from, new byte[0], input, to, input.length);
            case 4 -> joined(input, 0, from, repeated(input, from, to), input, from, input.length);
            case 5 -> joined(input, 0, from, any(corpus), input, to, input.length);
            case 6 -> joined(input, 0, from, any(words), input, to, input.length);
            default -> Arrays.copyOf(input, from);
        };
    }

    private byte[] flipped(byte[] input) {
        byte[] changed = input.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] repeated(byte[] input, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int times = 1 + random.nextInt(1 << random.nextInt(REPEAT_BITS));
        for (int i = 0; i < times && out.size() < MOST_BYTES; i++) {
            out.write(input, from, to - from);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] head, int from, int to, byte[] middle, byte[] tail, int tailFrom, int tailTo) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head, from, to - from);
        out.writeBytes(middle);
        out.write(tail, tailFrom, tailTo - tailFrom);
        return out.toByteArray();
    }

    private byte[] any(List<byte[]> those) {
        return those.get(random.nextInt(those.size()));
    }
}
