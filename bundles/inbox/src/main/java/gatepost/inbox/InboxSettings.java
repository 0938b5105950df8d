package gatepost.inbox;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.contracts.inbox.InboxLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One configuration of {@code gatepost.inbox}, read as a whole or not at all.
 *
 * @param patterns by the names that the operator gave them
 * @param history what stays of what is done
 * @param devices whose places are remembered
 * @param idWindow milliseconds for which the id of a message that is done is remembered
 * @param limits what may wait
 * @param forgetAfter milliseconds after which an inbox with nothing in it is forgotten, 0 for never
 * @param audiences which queues reach many inboxes
 */
record InboxSettings(
        Map<String, QueuePattern> patterns,
        HistoryLimits history,
        DeviceLimits devices,
        long idWindow,
        InboxLimits limits,
        long forgetAfter,
        AudienceSettings audiences) {

    static final String INBOX = "inbox.";

    /** What begins as the lines of inboxes do and is none. */
    private static final Set<String> LIMITS = Set.of("inbox.messages", "inbox.bytes", "inbox.full", "inbox.forget");

    private static final String REFUSE = "refuse";
    private static final String OLDEST = "oldest";

    /** Without a configuration no queue is an inbox. */
    static final InboxSettings NONE = new InboxSettings(
            Map.of(),
            new HistoryLimits(0, 0, 0),
            new DeviceLimits(1, 0),
            0,
            InboxLimits.NONE,
            0,
            AudienceSettings.NONE);

    /** @throws ConfigurationProblems with all that is wrong */
    static InboxSettings of(Map<String, ?> properties) throws ConfigurationProblems {
        Map<String, Object> fixed = new HashMap<>();
        Map<String, Object> lines = new TreeMap<>();
        properties.forEach((key, value) -> (isLine(key) ? lines : fixed).put(key, value));
        Settings settings = new Settings(InboxService.PID, fixed, InboxDefinition.class);
        List<Problem> problems = new ArrayList<>();
        HistoryLimits history = new HistoryLimits(
                settings.integer("history.messages", 0, 100_000),
                settings.number("history.bytes", 0, Long.MAX_VALUE),
                TimeUnit.SECONDS.toMillis(settings.number("history.age", 0, Integer.MAX_VALUE)));
        DeviceLimits devices = new DeviceLimits(
                settings.integer("devices.max", 1, 1_000),
                TimeUnit.SECONDS.toMillis(settings.number("device.age", 60, Integer.MAX_VALUE)));
        long idWindow = TimeUnit.SECONDS.toMillis(settings.number("id.window", 0, Integer.MAX_VALUE));
        InboxLimits limits = new InboxLimits(
                settings.integer("inbox.messages", 0, Integer.MAX_VALUE),
                settings.number("inbox.bytes", 0, Long.MAX_VALUE),
                settings.choice("inbox.full", List.of(REFUSE, OLDEST)).equals(OLDEST));
        long forgetAfter = TimeUnit.SECONDS.toMillis(settings.number("inbox.forget", 0, Integer.MAX_VALUE));
        Map<String, QueuePattern> patterns = patterns(settings.file(), lines, problems);
        AudienceSettings audiences = AudienceSettings.of(settings, patterns);
        try {
            settings.verify();
        } catch (ConfigurationProblems e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
        return new InboxSettings(patterns, history, devices, idWindow, limits, forgetAfter, audiences);
    }

    private static boolean isLine(String key) {
        return key.startsWith(INBOX) && !LIMITS.contains(key);
    }

    private static Map<String, QueuePattern> patterns(String file, Map<String, Object> lines, List<Problem> problems) {
        Map<String, QueuePattern> patterns = new TreeMap<>();
        lines.forEach((key, value) -> {
            String text = value.toString().trim();
            String name = key.substring(INBOX.length());
            try {
                QueuePattern pattern = QueuePattern.of(text, QueuePattern.USER);
                patterns.forEach((other, earlier) -> {
                    if (earlier.mayMeet(pattern)) {
                        problems.add(new Problem(
                                file, key, text, "a queue could be of this and of " + INBOX + other + " = " + earlier));
                    }
                });
                patterns.put(name, pattern);
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(file, key, text, e.getMessage()));
            }
            if (name.isBlank()) {
                problems.add(new Problem(file, key, text, "expected a name after " + INBOX));
            }
        });
        return Map.copyOf(patterns);
    }

    /** @return whether what is sent to a queue of that name goes to many inboxes; to none where there are none */
    boolean isToMany(String queue) {
        return !patterns.isEmpty() && audiences.isToMany(queue);
    }

    /** @return whose inbox a queue of that name is; nothing when it is no inbox */
    Optional<String> owner(String queue) {
        for (QueuePattern pattern : patterns.values()) {
            Optional<String> owner = pattern.name(queue);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }
}
