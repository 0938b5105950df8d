package gatepost.events.webhook;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.contracts.Loopback;
import gatepost.contracts.events.EventType;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of one {@code gatepost.webhook~NAME}, checked.
 *
 * @param secrets one, or two while one takes the place of the other; each signs
 * @param files that secrets came from
 */
record WebhookSettings(
        URI url, List<Secret> secrets, Set<EventType> events, Duration after, int connections, List<Path> files) {

    private static final int LONGEST_AFTER = 2_592_000;
    private static final int MOST_CONNECTIONS = 64;
    private static final Pattern QUERY = Pattern.compile("\\?.*");
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    /** @param home where relative paths of files begin */
    static WebhookSettings of(String pid, Map<String, ?> properties, Path home) throws ConfigurationProblems {
        try {
            Settings settings = new Settings(pid, properties, WebhookDefinition.class);
            List<Problem> more = new ArrayList<>();
            List<Path> files = new ArrayList<>();
            WebhookSettings read = new WebhookSettings(
                    url(settings),
                    secrets(settings, home, files, more),
                    events(settings),
                    Duration.ofSeconds(settings.integer("after", 1, LONGEST_AFTER)),
                    settings.integer("connections", 1, MOST_CONNECTIONS),
                    List.copyOf(files));
            verify(settings, more);
            return read;
        } catch (ConfigurationProblems e) {
            throw new ConfigurationProblems(
                    e.problems().stream().map(WebhookSettings::withoutSecret).toList());
        }
    }

    private static void verify(Settings settings, List<Problem> more) throws ConfigurationProblems {
        List<Problem> all = new ArrayList<>(more);
        try {
            settings.verify();
        } catch (ConfigurationProblems e) {
            all.addAll(e.problems());
        }
        if (!all.isEmpty()) {
            throw new ConfigurationProblems(all);
        }
    }

    /** What is wrong is in the log and in status: no secret is there, not even one behind a key that is misspelt. */
    private static Problem withoutSecret(Problem problem) {
        String value = problem.value();
        if (value != null && problem.key().equals("url")) {
            value = shown(value);
        } else if (value != null
                && (value.contains(Secret.PREFIX)
                        || problem.key().toLowerCase(Locale.ROOT).contains("sec"))) {
            value = null;
        }
        return new Problem(problem.file(), problem.key(), value, problem.reason(), problem.awaits());
    }

    private static String shown(String url) {
        return QUERY.matcher(url).replaceAll("?…");
    }

    /** @return the URL for people: without its query, which may hold a secret */
    String shown() {
        return shown(url.toString());
    }

    private static URI url(Settings settings) {
        String text = settings.text("url");
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
                settings.problem("url", "expected https://HOST/PATH, without a name, a password or a #");
            } else if (scheme.equals("http") && !Loopback.isHost(url.getHost())) {
                settings.problem("url", "expected https: http goes to this machine only");
            } else if (!scheme.equals("https") && !scheme.equals("http")) {
                settings.problem("url", "expected https://HOST/PATH");
            }
            return url;
        } catch (URISyntaxException e) {
            settings.problem("url", text.isEmpty() ? "expected https://HOST/PATH" : "it is no URL: " + e.getReason());
            return URI.create("https://invalid");
        }
    }

    private static List<Secret> secrets(Settings settings, Path home, List<Path> files, List<Problem> problems) {
        List<Secret> secrets = new ArrayList<>();
        String[] texts = settings.text("secret").trim().split("\\s+");
        for (String text : texts) {
            try {
                for (String one : read(text, home, files).trim().split("\\s+")) {
                    secrets.add(Secret.of(one));
                }
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(
                        settings.file(),
                        "secret",
                        null,
                        texts[0].isEmpty()
                                ? "expected whsec_ and 24 to 64 bytes in Base64, env:NAME or file:PATH"
                                : e.getMessage(),
                        List.copyOf(files)));
            }
        }
        if (secrets.size() > 2) {
            problems.add(new Problem(settings.file(), "secret", null, "expected one or two, not " + secrets.size()));
        }
        return secrets;
    }

    private static String read(String text, Path home, List<Path> files) {
        if (text.startsWith(ENVIRONMENT)) {
            String name = text.substring(ENVIRONMENT.length());
            String value = System.getenv(name);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("the environment variable " + name + " is not set, or empty");
            }
            return value;
        }
        if (text.startsWith(FILE)) {
            Path file = home.resolve(text.substring(FILE.length()));
            files.add(file);
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new IllegalArgumentException("the file " + file + " cannot be read", e);
            }
        }
        return text;
    }

    private static Set<EventType> events(Settings settings) {
        Set<EventType> events = EnumSet.noneOf(EventType.class);
        List<String> wrong = new ArrayList<>();
        for (String text : settings.list("events")) {
            EventType.of(text).ifPresentOrElse(events::add, () -> wrong.add(text));
        }
        String there = EventType.choices();
        if (!wrong.isEmpty()) {
            settings.problem("events", "there is no " + String.join(", ", wrong) + ", expected some of " + there);
        } else if (events.isEmpty()) {
            settings.problem("events", "expected some of " + there);
        }
        return events;
    }
}
