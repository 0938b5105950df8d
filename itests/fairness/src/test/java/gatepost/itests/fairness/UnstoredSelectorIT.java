package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers with selectors, of a broker that has no store ({@code store = memory}). */
class UnstoredSelectorIT {

    /** More than ActiveMQ looks at. */
    private static final int OTHERS = 400;

    private static final AtomicInteger NAMES = new AtomicInteger();

    @AutoClose
    private static Gatepost gatepost;

    @AutoClose
    private Bystander bystander;

    @BeforeAll
    static void start() {
        gatepost = Gatepost.unpack();
        gatepost.configure("gatepost.broker.cfg", Map.of("store", "memory"));
        gatepost.start();
    }

    @BeforeEach
    void watch() {
        bystander = Bystander.watch(gatepost);
    }

    @AfterEach
    void nobodyElseNotices() {
        bystander.assertUnharmed();
    }

    @ParameterizedTest
    @EnumSource
    void aSelectorGetsItsMessagesHoweverManyOthersStandBefore(Transport transport) {
        String queue = "/queue/selected" + NAMES.incrementAndGet();
        try (StompClient sender = client(transport);
                StompClient reader = client(transport)) {
            send(sender, queue, "blue", OTHERS);
            send(sender, queue, "red", 1);
            // who comes when all of them wait
            reader.done(ClientFrame.subscribe("red", queue, "selector:colour = 'red'"));
            assertEquals("red 0", reader.expect("MESSAGE").text());
            // and who was there before the others
            send(sender, queue, "blue", OTHERS);
            send(sender, queue, "red", 2);
            assertEquals("red 0", reader.expect("MESSAGE").text());
            assertEquals("red 1", reader.expect("MESSAGE").text());

            // nothing that was passed over is lost, or comes out of its order
            reader.done(ClientFrame.subscribe("blue", queue));
            for (int i = 0; i < 2 * OTHERS; i++) {
                assertEquals("blue " + i % OTHERS, reader.expect("MESSAGE").text());
            }
        }
    }

    private static void send(StompClient sender, String queue, String colour, int count) {
        for (int i = 0; i < count; i++) {
            sender.done(ClientFrame.send(queue, colour + " " + i, "colour:" + colour));
        }
    }

    private static StompClient client(Transport transport) {
        StompClient client = transport.client(gatepost);
        client.connect("system", "manager");
        return client;
    }
}
