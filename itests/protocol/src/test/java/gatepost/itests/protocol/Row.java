package gatepost.itests.protocol;

import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A row of a table: what a client sends, and what it is answered, step by step. It is played over TCP and over WebSocket and in
 * each version of STOMP that it does not exclude. In what is sent and expected, {@code {q}} stands for a name that is this
 * playing's own, {@code {v}} for the version, and {@code ^@} for NUL as in the specification.
 *
 * <p>After its last step, unless that ended the connection, the client gets nothing more and can go on; and those who were
 * connected all along have noticed nothing.
 */
final class Row {

    /** What the client has done before the first step. */
    private enum Start {
        CONNECTED_ONLY,
        SIGNED_IN,
        SUBSCRIBED
    }

    private record Step(byte[] in, List<Answer> out) {}

    private final String name;
    private final Start start;
    private final Set<Version> versions;
    private final List<Step> steps;

    private Row(String name, Start start, Set<Version> versions, List<Step> steps) {
        this.name = name;
        this.start = start;
        this.versions = versions;
        this.steps = steps;
    }

    /** A client that has sent nothing yet. */
    static Row stranger(String name) {
        return new Row(name, Start.CONNECTED_ONLY, EnumSet.allOf(Version.class), List.of());
    }

    /** A client that is signed in as {@code system}. */
    static Row client(String name) {
        return new Row(name, Start.SIGNED_IN, EnumSet.allOf(Version.class), List.of());
    }

    /** A client that is signed in and subscribed to {@code /queue/{q}} with the id {@code s} and ack mode {@code auto}. */
    static Row subscriber(String name) {
        return new Row(name, Start.SUBSCRIBED, EnumSet.allOf(Version.class), List.of());
    }

    /** Plays it in these versions only. */
    Row in(Version first, Version... more) {
        return new Row(name, start, EnumSet.of(first, more), steps);
    }

    Row step(String in, Answer... out) {
        return step(in.replace("^@", "\0").getBytes(StandardCharsets.UTF_8), out);
    }

    Row step(byte[] in, Answer... out) {
        List<Step> all = new ArrayList<>(steps);
        all.add(new Step(in, List.of(out)));
        return new Row(name, start, versions, all);
    }

    static Stream<DynamicTest> table(Row... rows) {
        return Arrays.stream(rows)
                .flatMap(row -> Arrays.stream(Transport.values())
                        .flatMap(transport -> row.versions.stream()
                                .map(version -> DynamicTest.dynamicTest(
                                        row.name + " [" + transport + ", " + version + "]",
                                        () -> row.play(transport, version)))));
    }

    private void play(Transport transport, Version version) {
        String queue = Suite.name();
        UnaryOperator<String> values = text -> text.replace("{q}", queue).replace("{v}", version.number());
        try (StompClient client = version.open(transport, transport.port(Suite.gatepost()))) {
            if (start != Start.CONNECTED_ONLY) {
                client.send(version.connect());
                client.expect("CONNECTED");
            }
            if (start == Start.SUBSCRIBED) {
                client.send(values.apply("SUBSCRIBE\nid:s\ndestination:/queue/{q}\nreceipt:s\n\n\0"));
                client.expect("RECEIPT");
            }
            boolean ended = false;
            for (Step step : steps) {
                client.send(filled(step.in, values));
                for (Answer answer : step.out) {
                    answer.check(client, values);
                    ended |= answer.ends();
                }
            }
            if (!ended) {
                goesOn(client, values);
            }
        }
        Suite.bystandersWork();
    }

    private static byte[] filled(byte[] in, UnaryOperator<String> values) {
        return values.apply(new String(in, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void goesOn(StompClient client, UnaryOperator<String> values) {
        client.send(
                "BEGIN\ntransaction:goes-on\nreceipt:1-goes-on\n\n\0ABORT\ntransaction:goes-on\nreceipt:2-goes-on\n\n\0");
        Answer.receipt("1-goes-on").check(client, values);
        Answer.receipt("2-goes-on").check(client, values);
    }
}
