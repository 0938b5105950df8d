package gatepost.itests.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ports of loopback that nobody listens on. Suites run beside one another, each in a process of its own, so each takes a range for
 * itself: whoever listens on the first port of a range, as this process does until it ends, has all the others.
 */
public final class Ports {

    /** Below those that the system gives to outgoing connections, or one of these could take the port of a stopped server. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;
    private static final int RANGE = 400;
    private static final List<ServerSocket> RANGES = new ArrayList<>();
    private static final Deque<Integer> LEFT = new ArrayDeque<>();

    private Ports() {}

    /** @return a port that is free now and that no tests were given before, neither these nor others that run */
    public static synchronized int free() {
        while (true) {
            if (LEFT.isEmpty()) {
                takeRange();
            }
            int port = LEFT.remove();
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static void takeRange() {
        List<Integer> starts = new ArrayList<>(IntStream.iterate(FIRST, start -> start < LAST, start -> start + RANGE)
                .boxed()
                .toList());
        // those who ran a moment ago have left connections that wait for their end
        Collections.shuffle(starts);
        for (int start : starts) {
            try {
                RANGES.add(new ServerSocket(start, 1, InetAddress.getLoopbackAddress()));
                IntStream.range(start + 1, start + RANGE).forEach(LEFT::add);
                return;
            } catch (IOException e) {
                // others have it
            }
        }
        throw new AssertionError("no free ports between " + FIRST + " and " + LAST);
    }

    /** @return whether nobody listens on the port, on whatever address */
    public static boolean isFree(int port) {
        try (ServerSocket any = new ServerSocket(port)) {
            return any.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** @return whether somebody listens on the port of loopback */
    public static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
