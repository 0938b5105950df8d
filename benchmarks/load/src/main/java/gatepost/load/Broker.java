package gatepost.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * A STOMP broker, and what has to be said to it.
 *
 * @param name in the results
 * @param pid of its process on this machine, 0 for none that can be looked at
 * @param stomp where publishers connect
 * @param ws where users connect
 * @param virtualHost header of CONNECT
 * @param login of the publishers; empty when the broker asks for none
 * @param passcode of the publishers
 * @param userLogin of the users, with {@code %d} for a user's number; empty when the broker asks for none
 * @param userPasscode of the users, with {@code %d}
 * @param secret file of the key (HS256) that signs the users' tokens; empty when they have passwords
 * @param queue of a user, with {@code %d}
 * @param many what reaches many users at once
 * @param subscribeHeaders more headers of SUBSCRIBE
 * @param sendHeaders more headers of SEND
 */
record Broker(
        String name,
        long pid,
        InetSocketAddress stomp,
        URI ws,
        String virtualHost,
        String login,
        String passcode,
        String userLogin,
        String userPasscode,
        String secret,
        String queue,
        String many,
        List<String> subscribeHeaders,
        List<String> sendHeaders) {

    /** The defaults are Gatepost's, with the accounts that this program prints. */
    static Broker of(Arguments arguments) {
        return new Broker(
                arguments.text("name", "gatepost"),
                arguments.number("pid", 0),
                address(arguments.text("stomp", "127.0.0.1:61612")),
                URI.create(arguments.text("ws", "ws://127.0.0.1:61614/stomp")),
                arguments.text("virtual-host", "localhost"),
                arguments.text("login", "system"),
                arguments.text("passcode", "manager"),
                arguments.text("user-login", "load%d"),
                arguments.text("user-passcode", "load%d"),
                arguments.text("secret", ""),
                arguments.text("queue", "/queue/user.load%d"),
                arguments.text("many", "/queue/everyone"),
                arguments.list("subscribe-headers"),
                arguments.list("send-headers"));
    }

    static String numbered(String pattern, int user) {
        return pattern.replace("%d", "" + user);
    }

    /** @param heartBeat its header: what the client offers to send and what it wants, in milliseconds */
    String connect(String as, String with, String heartBeat) {
        String account = as.isEmpty() ? "" : "login:" + as + "\npasscode:" + with + "\n";
        return "CONNECT\naccept-version:1.2\nhost:" + virtualHost + "\nheart-beat:" + heartBeat + "\n" + account
                + "\n\0";
    }

    /** @return the frame that subscribes a user's own queue and asks for a receipt */
    String subscribe(int user, String ack) {
        return "SUBSCRIBE\nid:0\ndestination:" + numbered(queue, user) + "\nack:" + ack + "\nreceipt:subscribed\n"
                + lines(subscribeHeaders) + "\n\0";
    }

    /** @return what the frames of all messages to that user begin with: a line each, the empty one is missing */
    String send(int user, boolean persistent) {
        return send(numbered(queue, user), persistent);
    }

    /** @return the same of messages to many users at once */
    String sendToMany(boolean persistent) {
        return send(many, persistent);
    }

    private String send(String destination, boolean persistent) {
        return "SEND\ndestination:" + destination + "\npersistent:" + persistent + "\n" + lines(sendHeaders);
    }

    /** @return the frame that subscribes all users' queues at once, which takes an administrator */
    String subscribeAll() {
        return "SUBSCRIBE\nid:0\ndestination:" + queue.substring(0, queue.lastIndexOf('.')) + ".>\nack:auto\n\n\0";
    }

    private static String lines(List<String> headers) {
        return headers.isEmpty() ? "" : String.join("\n", headers) + "\n";
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
