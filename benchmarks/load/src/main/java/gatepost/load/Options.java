package gatepost.load;

import java.util.HashMap;
import java.util.Map;

/**
 * What a run does.
 *
 * @param host of Gatepost
 * @param stompPort of its connector for servers
 * @param wsPort of its connector for browsers
 * @param pid of its Java process on this machine, 0 for none that can be looked at
 * @param users that connect, each with a queue and a WebSocket of its own
 * @param connecting users that are on their way in at the same time
 * @param messages in all, each to a random user
 * @param publishers connections that publish
 * @param window messages of one publisher that wait for their receipt
 * @param body bytes of a message's body, at least 64
 * @param ack mode of the users' subscriptions: {@code auto}, {@code client} or {@code client-individual}
 * @param heartbeat header of the users' CONNECT
 * @param secret file of the key (HS256) that signs the users' tokens; empty when they have passwords
 * @param patience seconds within which everybody has to be connected, and the last message has to arrive
 */
record Options(String host, int stompPort, int wsPort, long pid, int users, int connecting, int messages, int publishers,
        int window, int body, String ack, String heartbeat, String secret,
        int patience) {

    /** @param arguments {@code --name=value}; what is not named has its default */
    static Options of(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            if (!argument.matches("--[a-z]+=.*")) {
                throw new IllegalArgumentException("expected --name=value, got " + argument);
            }
            given.put(argument.substring(2, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        Options options = new Options(text(given, "host", "127.0.0.1"), number(given, "stomp", 61612), number(given, "ws", 61614),
                number(given, "pid", 0), number(given, "users", 5_000), number(given, "connecting", 64),
                number(given, "messages", 50_000), number(given, "publishers", 4), number(given, "window", 100),
                number(given, "body", 256), text(given, "ack", "auto"), text(given, "heartbeat", "10000,10000"),
                text(given, "secret", ""), number(given, "patience", 120));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        return options;
    }

    private static String text(Map<String, String> given, String name, String absent) {
        String value = given.remove(name);
        return value == null ? absent : value;
    }

    private static int number(Map<String, String> given, String name, int absent) {
        String value = given.remove(name);
        return value == null ? absent : Integer.parseInt(value);
    }
}
