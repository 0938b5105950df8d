package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ServerFrame;
import java.util.Arrays;
import java.util.List;

/** What MESSAGE and RECEIPT frames say of places in an inbox. */
final class Position {

    private Position() {}

    static long offset(ServerFrame frame) {
        return number(frame, "gatepost-offset");
    }

    /** @return the highest offset that was given, as the RECEIPT of a SUBSCRIBE says */
    static long head(ServerFrame receipt) {
        return number(receipt, "gatepost-head");
    }

    static String epoch(ServerFrame frame) {
        String epoch = frame.header("gatepost-epoch");
        assertTrue(epoch != null && !epoch.isEmpty(), () -> "no epoch: " + frame);
        return epoch;
    }

    static boolean saysGap(ServerFrame frame) {
        return "true".equals(frame.header("gatepost-gap"));
    }

    static boolean isDone(ServerFrame message) {
        String state = message.header("gatepost-state");
        return state != null && Arrays.asList(state.split(",")).contains("done");
    }

    static boolean isRedelivered(ServerFrame message) {
        return "true".equals(message.header("redelivered"));
    }

    static List<String> texts(List<ServerFrame> messages) {
        return messages.stream().map(ServerFrame::text).toList();
    }

    static List<Long> offsets(List<ServerFrame> messages) {
        return messages.stream().map(Position::offset).toList();
    }

    /** They are of these texts, in one epoch, and their offsets rise. */
    static void assertInOrder(List<String> expected, List<ServerFrame> messages) {
        assertEquals(expected, texts(messages));
        assertEquals(offsets(messages).stream().sorted().distinct().toList(), offsets(messages), "offsets rise");
        assertEquals(1, messages.stream().map(Position::epoch).distinct().count(), "one epoch");
    }

    private static long number(ServerFrame frame, String header) {
        String value = frame.header(header);
        assertTrue(value != null && value.matches("\\d+"), () -> "no " + header + ": " + frame);
        return Long.parseLong(value);
    }
}
