package gatepost.itests.harness;

import java.nio.charset.StandardCharsets;

/** Bytes that are there already. */
final class Given implements ByteSource {

    private final byte[] bytes;
    private int next;

    private Given(byte[] bytes) {
        this.bytes = bytes;
    }

    static Given bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return new Given(bytes);
    }

    static Given text(String text) {
        return new Given(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read(Deadline deadline) {
        return next < bytes.length ? bytes[next++] & 0xff : -1;
    }

    @Override
    public boolean binary() {
        return false;
    }

    @Override
    public int message() {
        return 0;
    }
}
