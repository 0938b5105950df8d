package gatepost.itests.ruby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gatepost dies while an application publishes, and comes back. */
@ExtendWith(Suite.class)
class KilledIT {

    private static final int COUNT = 400;

    private final String user = Suite.user();

    @Test
    void eachMessageComesOnceThroughAKill() {
        try (Application publisher = new Application(Map.of());
                Application observer = new Application(Map.of())) {
            patient(publisher);
            publisher.begin("(1.." + COUNT + ").map { |i| Gatepost.notify('" + user + "', i.to_s).offset }.uniq.size");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> observer.ask("Gatepost.unread('" + user + "')").asInt() >= 20);
            Suite.gatepost().kill();
            Suite.gatepost().start();

            assertEquals(COUNT, publisher.answer().asInt());
            assertEquals(
                    IntStream.rangeClosed(1, COUNT).mapToObj(Integer::toString).collect(Collectors.joining(",")),
                    observer.ask("Gatepost.history('" + user + "', order: :oldest, limit: 200).map(&:body).join(',')")
                            .asText());
        }
    }

    @Test
    void whatWasAnsweredBeforeAKillIsAnsweredTheSameAfterIt() {
        String send = "Gatepost.notify('" + user + "', 'x', id: 'before').offset";
        try (Application application = new Application(Map.of())) {
            patient(application);
            int offset = application.ask(send).asInt();
            Suite.gatepost().kill();
            application.begin(send);
            Suite.gatepost().start();
            assertEquals(offset, application.answer().asInt());
            assertEquals(1, application.ask("Gatepost.unread('" + user + "')").asInt());
        }
    }

    private static void patient(Application application) {
        application.ask("Gatepost.configure { |config| config.retry_for = 90 }");
    }
}
