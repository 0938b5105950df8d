package gatepost.load;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of everything.
 *
 * @param users that connect, each with a queue
 * @param tabs of each user, each with a WebSocket of its own
 * @param connecting tabs that are on their way in at the same time
 * @param ack mode of the users' subscriptions: {@code auto}, {@code client} or {@code client-individual}
 * @param window messages of one publisher that wait for their receipt
 * @param body bytes of a message
 * @param seconds for which a phase sends
 * @param lead seconds of the same before a phase with a rate, which are not measured
 * @param away messages that are sent while the users are away
 * @param stalledBody bytes of a message to a user who reads nothing
 * @param stalledRate such messages in a second, to all of them together
 * @param patience seconds after which the run gives up on what does not come
 * @param settle milliseconds for which the server is left alone before its memory is looked at
 * @param phases in their order
 * @param repetition number that stands in the results
 * @param results file that figures are appended to; empty: none
 */
record Work(
        int users,
        int tabs,
        int connecting,
        String ack,
        int window,
        int body,
        int seconds,
        int lead,
        int away,
        int stalledBody,
        int stalledRate,
        int patience,
        int settle,
        List<Phase> phases,
        int repetition,
        String results) {

    private static final int STALLED_OF = 100;

    Work {
        if (body < Stamp.SIZE || stalledBody < Stamp.SIZE) {
            throw new IllegalArgumentException("a body has at least " + Stamp.SIZE + " bytes");
        }
        if (tabs > 1 && phases.stream().anyMatch(phase -> phase.kind() == Phase.Kind.FILL)) {
            throw new IllegalArgumentException("tabs: expected 1 with a phase fill, whose users have none");
        }
    }

    static Work of(Arguments arguments) {
        String phases = arguments.text(
                "phases",
                "connect,warmup:persistent:4:80000,warmup:direct:4:20000,full:persistent:1,"
                        + "full:persistent:4,full:persistent:16,full:direct:1,full:direct:4,full:direct:16,rate:persistent:1000,"
                        + "rate:persistent:2000,stalled:persistent:1000,away:persistent:1");
        return new Work(
                arguments.number("users", 1_000),
                arguments.number("tabs", 1),
                arguments.number("connecting", 64),
                arguments.text("ack", "auto"),
                arguments.number("window", 100),
                arguments.number("body", 200),
                arguments.number("seconds", 8),
                arguments.number("lead", 15),
                arguments.number("away", 10_000),
                arguments.number("stalled-body", 4_096),
                arguments.number("stalled-rate", 500),
                arguments.number("patience", 15),
                arguments.number("settle", 3_000),
                Phase.list(phases),
                arguments.number("repetition", 1),
                arguments.text("results", ""));
    }

    /** @return whether a user is the one in a hundred who may stop reading */
    boolean mayStall(int user) {
        return user % STALLED_OF == 0;
    }

    /** @return the numbers of the users who may stop reading, or of the others */
    int[] users(boolean stalling) {
        return IntStream.range(0, users)
                .filter(user -> mayStall(user) == stalling)
                .toArray();
    }

    /** @return tabs of all users */
    int connections() {
        return users * tabs;
    }

    int[] allUsers() {
        return IntStream.range(0, users).toArray();
    }
}
