package gatepost.transport.frame;

import java.util.List;
import java.util.stream.IntStream;

/** Names of headers that most frames have, so that none of them becomes a string of its own in each frame. */
final class KnownHeaders {

    private static final List<String> NAMES = List.of(
            "ack",
            "content-length",
            "content-type",
            "destination",
            "expires",
            "id",
            "message-id",
            "persistent",
            "priority",
            "receipt",
            "subscription",
            "transaction");
    private static final List<List<String>> BY_LENGTH = IntStream.rangeClosed(
                    0, NAMES.stream().mapToInt(String::length).max().orElse(0))
            .mapToObj(length ->
                    NAMES.stream().filter(name -> name.length() == length).toList())
            .toList();

    private KnownHeaders() {}

    /** @return what the first bytes of a line say, or {@code null} if that is not known here */
    static String name(byte[] line, int length) {
        if (length < BY_LENGTH.size()) {
            for (String name : BY_LENGTH.get(length)) {
                if (isAt(line, name)) {
                    return name;
                }
            }
        }
        return null;
    }

    private static boolean isAt(byte[] line, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (line[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
