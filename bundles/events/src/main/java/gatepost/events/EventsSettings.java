package gatepost.events;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.events.feed.Limits;
import java.time.Duration;
import java.util.Map;

/** What PID {@code gatepost.events} says. */
final class EventsSettings {

    private static final int SHORTEST_AGE = 60;
    private static final int LONGEST_AGE = 2_592_000;
    private static final int MOST = 10_000_000;

    /** While nothing is configured. */
    static final Limits NONE = new Limits(Duration.ofDays(3), 100_000);

    private EventsSettings() {}

    static Limits of(Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(EventsService.PID, properties, EventsDefinition.class);
        Limits read = new Limits(
                Duration.ofSeconds(settings.integer("events.age", SHORTEST_AGE, LONGEST_AGE)),
                settings.integer("events.max", 1, MOST));
        settings.verify();
        return read;
    }
}
