package gatepost.itests.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to cut a stream of bytes. */
final class Cuts {

    private static final int LARGEST = 40;

    private Cuts() {}

    static List<byte[]> none(byte[] input) {
        return List.of(input);
    }

    /** Into single bytes. */
    static List<byte[]> each(byte[] input) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte octet : input) {
            pieces.add(new byte[] {octet});
        }
        return pieces;
    }

    /** Into pieces of several sizes, empty ones among them; the same input is always cut in the same places. */
    static List<byte[]> some(byte[] input) {
        Random random = new Random(Arrays.hashCode(input));
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        while (from < input.length) {
            int to = Math.min(input.length, from + random.nextInt(LARGEST));
            pieces.add(Arrays.copyOfRange(input, from, to));
            from = to;
        }
        return pieces;
    }
}
