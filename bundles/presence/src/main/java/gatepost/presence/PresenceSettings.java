package gatepost.presence;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import java.time.Duration;
import java.util.Map;

/**
 * What PID {@code gatepost.presence} says.
 *
 * @param grace from the end of the last session, or from the start, until a user is off line
 * @param namesPerUser that one user may watch, 0 for no limit; so the others
 */
record PresenceSettings(Duration grace, int namesPerUser, int names, int wildcardsPerUser, int wildcards) {

    /** A day: nobody waits longer, and what is kept of those who left is not much. */
    private static final int LONGEST = 86_400;

    private static final Duration USUAL_GRACE = Duration.ofSeconds(15);

    /** While nothing is configured. */
    static final PresenceSettings NONE = new PresenceSettings(USUAL_GRACE, 10_000, 1_000_000, 10, 1_000);

    static PresenceSettings of(Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(PresenceService.PID, properties, PresenceDefinition.class);
        PresenceSettings read = new PresenceSettings(
                Duration.ofSeconds(settings.integer("presence.grace", 0, LONGEST)),
                settings.integer(WatchLimits.NAMES_PER_USER, 0, Integer.MAX_VALUE),
                settings.integer(WatchLimits.NAMES_MAX, 0, Integer.MAX_VALUE),
                settings.integer(WatchLimits.WILDCARDS_PER_USER, 0, Integer.MAX_VALUE),
                settings.integer(WatchLimits.WILDCARDS_MAX, 0, Integer.MAX_VALUE));
        settings.verify();
        return read;
    }
}
