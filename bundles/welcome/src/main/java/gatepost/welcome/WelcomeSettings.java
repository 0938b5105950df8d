package gatepost.welcome;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What PID {@code gatepost.welcome} says.
 *
 * @param group whose members are greeted
 * @param returnAfter the absence after which somebody is greeted again; zero for never
 * @param rate greetings a second
 * @param inFlight greetings that wait for receipts at a time
 */
record WelcomeSettings(
        boolean enabled,
        String group,
        Template destination,
        Template text,
        String contentType,
        Map<String, Template> headers,
        Duration returnAfter,
        Template returnText,
        int rate,
        int inFlight) {

    private static final String EVERYBODY = "*";
    private static final long LONGEST_ABSENCE = Duration.ofDays(36_500).toMillis();
    private static final String QUEUE = "queue://";
    private static final Pattern DESTINATION = Pattern.compile(QUEUE + "[^\\s*>,?/]+");
    private static final Pattern HEADER_NAME = Pattern.compile("[^\\s:\\p{Cntrl}]+");
    /** Headers that have a meaning of their own, or are set here. */
    private static final Set<String> NOT_FREE = Set.of(
            "destination",
            "id",
            "receipt",
            "receipt-id",
            "transaction",
            "ack",
            "content-length",
            "content-type",
            "subscription",
            "message-id",
            "login",
            "passcode",
            "original-destination",
            "redelivered",
            "timestamp",
            "persistent",
            "transformation",
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie");
    /** Begin names whose meaning is for others to give. */
    private static final List<String> NOT_FREE_PREFIXES = List.of("camel", "activemq.", "gatepost-");

    static WelcomeSettings of(Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(Welcome.PID, properties, WelcomeDefinition.class);
        String group = settings.text("group");
        if (group.isEmpty()) {
            settings.problem("group", "expected the name of a group, or * for everybody");
        }
        Template destination = template(settings, "destination", Set.of("user"));
        if (!DESTINATION.matcher(destination.text()).matches()) {
            settings.problem("destination", "expected queue://NAME, such as queue://user.{user}");
        }
        Template text = template(settings, "text", Set.of("user", "time"));
        String contentType = settings.text("content.type");
        if (!contentType.contains("/")) {
            settings.problem("content.type", "expected TYPE/SUBTYPE, such as text/plain");
        }
        Map<String, Template> headers = headers(settings);
        Duration returnAfter = Duration.ofMillis(settings.number("return.after", 0, LONGEST_ABSENCE));
        Template returnText = template(settings, "return.text", Set.of("user", "time", "days"));
        WelcomeSettings read = new WelcomeSettings(
                settings.flag("enabled"),
                group,
                destination,
                text,
                contentType,
                headers,
                returnAfter,
                returnText,
                settings.integer("rate", 1, 10_000),
                settings.integer("in.flight", 1, 1000));
        settings.verify();
        return read;
    }

    /** Whether a user of these groups is greeted. */
    boolean greets(Set<String> groups) {
        return group.equals(EVERYBODY) || groups.contains(group);
    }

    /** Whether somebody who comes back is greeted again. */
    boolean watchesAbsence() {
        return !returnAfter.isZero();
    }

    /** @return the name of the queue to which a user's greeting goes */
    String queue(String user) {
        return destination(user).substring(QUEUE.length());
    }

    private String destination(String user) {
        return destination.fill(Map.of("user", user), Escape.NONE);
    }

    /** @return what is wrong with the destination where it is no inbox */
    Problem noInbox(String file) {
        return new Problem(
                file,
                "destination",
                destination.text(),
                "expected each user's inbox, as inbox.NAME in etc/gatepost.inbox.cfg has it, such as queue://user.{user}");
    }

    Greeting compose(Due due, Instant now) {
        boolean again = due.occasion() == Due.Occasion.RETURN;
        Map<String, String> values = Map.of(
                "user",
                due.user(),
                "time",
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                "days",
                again
                        ? Long.toString(Duration.between(Instant.ofEpochMilli(due.reference()), now)
                                .toDays())
                        : "0");
        Map<String, String> filled = new LinkedHashMap<>();
        headers.forEach((name, value) -> filled.put(name, value.fill(values, Escape.NONE)));
        return new Greeting(
                destination(due.user()),
                contentType,
                (again ? returnText : text).fill(values, Escape.in(contentType)),
                filled,
                due.occasion() == Due.Occasion.FIRST ? Optional.of(GreetedUsers.ONCE) : Optional.empty());
    }

    private static Template template(Settings settings, String key, Set<String> known) {
        Template template = new Template(settings.text(key));
        unknown(template, known).ifPresent(reason -> settings.problem(key, reason));
        return template;
    }

    private static Optional<String> unknown(Template template, Set<String> known) {
        return template.unknown(known)
                .map(found -> "unknown placeholder " + found + ", expected one of "
                        + known.stream().sorted().map(name -> "{" + name + "}").toList());
    }

    private static Map<String, Template> headers(Settings settings) {
        Map<String, Template> headers = new LinkedHashMap<>();
        for (String header : settings.list("headers")) {
            int equals = header.indexOf('=');
            String name = header.substring(0, Math.max(0, equals)).trim();
            Template value = new Template(header.substring(equals + 1).trim());
            if (!HEADER_NAME.matcher(name).matches()) {
                settings.problem("headers", "expected NAME=VALUE, NAME=VALUE");
            } else if (!isFree(name.toLowerCase(Locale.ROOT))) {
                settings.problem("headers", "the header " + name + " has a meaning of its own");
            }
            unknown(value, Set.of("user", "time")).ifPresent(reason -> settings.problem("headers", reason));
            headers.put(name, value);
        }
        return headers;
    }

    private static boolean isFree(String name) {
        return !NOT_FREE.contains(name) && NOT_FREE_PREFIXES.stream().noneMatch(name::startsWith);
    }
}
