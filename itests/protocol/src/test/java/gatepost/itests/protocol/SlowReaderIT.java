package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that stops reading costs bounded memory, delays nobody, is closed after a while, and loses nothing. */
@ExtendWith(Suite.class)
class SlowReaderIT {

    private static final String BODY = "x".repeat(100_000);
    /** More than the sockets of both sides take. */
    private static final int MANY = 100;

    private static final Map<String, String> PATIENT = Map.of("write.timeout", "600000");
    private static final Map<String, String> STRICT = Map.of("write.timeout", "1000");
    private static final long MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void itsMemoryIsBoundedAndOthersAreNotDelayed(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, PATIENT);
                StompClient client = connector.signedIn()) {
            String queue = "/queue/" + Suite.name();
            long before = liveHeap();
            client.done(ClientFrame.subscribe("s", queue, "ack:client"));

            fill(queue, 6 * MANY, BODY);
            Suite.bystandersWork();

            // outbound.max, the queue's own memory and a page of its cursor are 1 MiB each, and what is being written
            long grown = liveHeap() - before;
            assertTrue(
                    grown < 16 * MEBIBYTE, "60 MB wait for the client, and the heap has grown by " + grown + " bytes");
            Suite.bystandersWork();
        }
    }

    @Test
    void aTopicThatSendsItMoreThanTheHeapHoldsDoesNotFillTheHeap() {
        try (OneConnector connector = OneConnector.with(Transport.TCP, PATIENT);
                StompClient client = connector.signedIn()) {
            String topic = "/topic/" + Suite.name();
            client.done(ClientFrame.subscribe("s", topic, "ack:client"));

            fill(topic, 160, "x".repeat(4_000_000));

            // a server whose heap is full ends
            Suite.bystandersWork();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsClosedAndWhatItDidNotAcknowledgeGoesBack(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, STRICT);
                StompClient client = connector.signedIn()) {
            // many queues: what one queue has in memory, unacknowledged messages included, is less than sockets take
            String queues = "/queue/" + Suite.name();
            client.done(ClientFrame.subscribe("s", queues + ".>", "ack:client-individual"));

            fill(queues, MANY, BODY, number -> "." + number % 20);
            connector.awaitNoConnections();

            assertEquals(numbers(), numbersOf(queues + ".>"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withAckAutoWhatDidNotGetIntoTheSocketIsNotLost(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, STRICT);
                StompClient client = connector.signedIn()) {
            String queue = "/queue/" + Suite.name();
            client.done(ClientFrame.subscribe("s", queue));
            fill(queue, MANY, BODY);
            connector.awaitNoConnections();

            List<Integer> left = numbersIn(queue);
            List<Integer> got = client.rest().stream()
                    .filter(frame -> frame.command().equals("MESSAGE"))
                    .map(SlowReaderIT::number)
                    .toList();

            TreeSet<Integer> all = new TreeSet<>(left);
            all.addAll(got);
            assertEquals(numbers(), new ArrayList<>(all));
            assertTrue(left.size() > MANY / 2, "only " + left.size() + " of " + MANY + " were left");
        }
    }

    private static void fill(String destination, int count, String body) {
        fill(destination, count, body, number -> "");
    }

    /** @param ending what the name of the queue has at its end for a message of that number */
    private static void fill(String destination, int count, String body, IntFunction<String> ending) {
        try (StompClient publisher = Transport.TCP.client(Suite.gatepost())) {
            publisher.connect("system", "manager");
            for (int i = 1; i < count; i++) {
                publisher.send(ClientFrame.send(destination + ending.apply(i), body, "number:" + i));
            }
            publisher.done(ClientFrame.send(destination + ending.apply(count), body, "number:" + count));
        }
    }

    private static List<Integer> numbers() {
        return IntStream.rangeClosed(1, MANY).boxed().toList();
    }

    /** @return the numbers of the messages in the queue, sorted */
    private static List<Integer> numbersIn(String queue) {
        List<Integer> numbers = new ArrayList<>();
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect("system", "manager");
            client.done(ClientFrame.send(queue, "the last one", "number:0"));
            client.send(ClientFrame.subscribe("s", queue));
            for (ServerFrame next = client.frame(); number(next) != 0; next = client.frame()) {
                numbers.add(number(next));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** @return the numbers of as many messages as there are, sorted */
    private static List<Integer> numbersOf(String queues) {
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect("system", "manager");
            client.send(ClientFrame.subscribe("s", queues));
            return numbers().stream()
                    .map(any -> number(client.expect("MESSAGE")))
                    .sorted()
                    .toList();
        }
    }

    private static int number(ServerFrame message) {
        return Integer.parseInt(message.header("number"));
    }

    /** @return bytes of all objects that are left after a collection */
    private static long liveHeap() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram =
                Command.run(Path.of("."), Map.of(), jcmd, "" + Suite.gatepost().pid(), "GC.class_histogram");
        return Long.parseLong(histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow()
                .split("\\s+")[2]);
    }
}
