package gatepost.inbox;

import gatepost.configuration.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which queues reach the inboxes of many users, and what is sent there.
 *
 * @param named of the audiences whose members are kept, by their names
 * @param everyone the name of the queue that reaches all users
 * @param online the name of the queue that reaches those who have a session
 * @param kind which inbox of a user a message goes to; nothing for the only one
 * @param ttl milliseconds after which a message expires that does not say when; 0 for never
 */
record AudienceSettings(
        Optional<QueuePattern> named,
        Optional<String> everyone,
        Optional<String> online,
        Optional<String> kind,
        long ttl) {

    static final AudienceSettings NONE =
            new AudienceSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

    private static final String AUDIENCE = "{audience}";
    private static final String NAMES = "audience.names";
    private static final String EVERYONE = "audience.everyone";
    private static final String ONLINE = "audience.online";
    private static final String INBOX = "audience.inbox";

    /**
     * What is wrong becomes a problem of the settings.
     *
     * @param inboxes by the names of their kinds, as far as they can be used
     */
    static AudienceSettings of(Settings settings, Map<String, QueuePattern> inboxes) {
        Optional<QueuePattern> named = text(settings, NAMES).flatMap(text -> pattern(settings, text));
        Optional<String> everyone = text(settings, EVERYONE).flatMap(text -> queue(settings, EVERYONE, text));
        Optional<String> online = text(settings, ONLINE).flatMap(text -> queue(settings, ONLINE, text));
        Optional<String> kind = text(settings, INBOX);
        AudienceSettings audiences = new AudienceSettings(
                named,
                everyone,
                online,
                kind,
                TimeUnit.SECONDS.toMillis(settings.number("audience.ttl", 0, Integer.MAX_VALUE)));
        audiences.requireApart(settings, inboxes);
        // without any inbox nothing reaches anybody
        if (kind.isPresent() && !inboxes.isEmpty() && !inboxes.containsKey(kind.get())) {
            settings.problem(INBOX, "expected one of " + kinds(inboxes));
        } else if (kind.isEmpty() && inboxes.size() > 1 && !audiences.areNone()) {
            settings.problem(INBOX, "expected one of " + kinds(inboxes) + ": which inbox of a user a message goes to");
        }
        return audiences;
    }

    private static Optional<String> text(Settings settings, String key) {
        return Optional.of(settings.text(key)).filter(text -> !text.isEmpty());
    }

    private static String kinds(Map<String, QueuePattern> inboxes) {
        return String.join(", ", inboxes.keySet().stream().sorted().toList());
    }

    private static Optional<QueuePattern> pattern(Settings settings, String text) {
        try {
            return Optional.of(QueuePattern.of(text, AUDIENCE));
        } catch (IllegalArgumentException e) {
            settings.problem(NAMES, e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<String> queue(Settings settings, String key, String text) {
        try {
            return Optional.of(QueuePattern.single(text));
        } catch (IllegalArgumentException e) {
            settings.problem(key, e.getMessage());
            return Optional.empty();
        }
    }

    /** No queue is two of all these. */
    private void requireApart(Settings settings, Map<String, QueuePattern> inboxes) {
        named.ifPresent(pattern -> inboxes.forEach((kind, inbox) -> {
            if (inbox.mayMeet(pattern)) {
                settings.problem(NAMES, meets(InboxSettings.INBOX + kind + " = " + inbox));
            }
        }));
        requireApart(settings, EVERYONE, everyone, inboxes);
        requireApart(settings, ONLINE, online, inboxes);
        if (everyone.isPresent() && everyone.equals(online)) {
            settings.problem(ONLINE, "it is " + EVERYONE + ", too");
        }
    }

    private void requireApart(
            Settings settings, String key, Optional<String> queue, Map<String, QueuePattern> inboxes) {
        queue.ifPresent(name -> {
            inboxes.forEach((kind, inbox) -> {
                if (inbox.name(name).isPresent()) {
                    settings.problem(key, meets(InboxSettings.INBOX + kind + " = " + inbox));
                }
            });
            if (name(name).isPresent()) {
                settings.problem(key, meets(NAMES + " = " + named.get()));
            }
        });
    }

    private static String meets(String other) {
        return "a queue could be of this and of " + other;
    }

    private boolean areNone() {
        return named.isEmpty() && everyone.isEmpty() && online.isEmpty();
    }

    /** @return whether what is sent to a queue of that name goes to the inboxes of many */
    boolean isToMany(String queue) {
        return isEveryone(queue) || isOnline(queue) || name(queue).isPresent();
    }

    boolean isEveryone(String queue) {
        return everyone.isPresent() && everyone.get().equals(queue);
    }

    boolean isOnline(String queue) {
        return online.isPresent() && online.get().equals(queue);
    }

    /** @return which audience a queue of that name is, of those whose members are kept */
    Optional<String> name(String queue) {
        return named.flatMap(pattern -> pattern.name(queue));
    }
}
