package gatepost.console.configuration;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationChecks;
import gatepost.configuration.ConfigurationChecks.Result;
import gatepost.configuration.Problem;
import gatepost.configuration.WrittenLine;
import gatepost.console.web.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reads the files of configurations for those who edit them, checks what they make of them, and puts it in the place of a file. Secrets are
 * in nothing that it returns. Safe for use by several threads.
 */
@Component(service = ConfigurationChanges.class)
public final class ConfigurationChanges {

    private static final Pattern LINE = Pattern.compile("line (\\d{1,6})");
    private static final int SC_UNPROCESSABLE = 422;

    private final ConfigurationChecks checks;
    private final EtcFiles files;
    /** By file, what the last change from here has replaced. */
    private final Map<String, Replaced> replaced = new ConcurrentHashMap<>();

    /** A text that was replaced, and the version of what it was replaced by. */
    private record Replaced(String text, String by) {}

    /**
     * A file to be edited.
     *
     * @param undo whether the text before the last change from here can be had back
     */
    record Editable(String name, String version, String text, boolean undo) {}

    /**
     * Something that is wrong.
     *
     * @param line of the edited text; 0 where it is in no line of its own
     */
    record Fault(int line, String key, String reason) {}

    /** What a text would do. */
    record Checked(List<Fault> faults, List<String> effects, List<LineDifference.Line> difference) {}

    /**
     * What was done.
     *
     * @param at when, milliseconds since 1970: what is reported later is about this change, or a later one
     * @param same whether it sets the same values, so that there is nothing to be taken in
     */
    record Applied(String version, long at, boolean same) {}

    @Activate
    public ConfigurationChanges(@Reference ConfigurationChecks checks) {
        this(checks, Path.of(System.getProperty("karaf.etc", "etc")));
    }

    ConfigurationChanges(ConfigurationChecks checks, Path etc) {
        this.checks = checks;
        this.files = new EtcFiles(etc);
    }

    /** @return the names of the files that there are */
    SortedSet<String> names() throws IOException {
        return files.names();
    }

    /** Whether somebody knows what may stand in a file, so that it can be edited. */
    boolean isKnown(String name) {
        return checks.of(name).isPresent();
    }

    Editable read(String name) throws IOException, Refused {
        EtcFiles.Content content = files.read(name);
        boolean undo = Optional.ofNullable(replaced.get(name))
                .filter(last -> last.by().equals(content.version()))
                .isPresent();
        return new Editable(name, content.version(), new HiddenValues(content.text(), check(name)).shown(), undo);
    }

    /**
     * Says what an edited text would do; changes nothing.
     *
     * @param version of the text that was edited
     */
    Checked check(String name, String version, String edited) throws IOException, Refused {
        EtcFiles.Content content = same(name, version);
        HiddenValues hidden = new HiddenValues(content.text(), check(name));
        String meant = hidden.meant(withItsLineEnds(edited, content.text()));
        Result result = checks.check(name, meant);
        return new Checked(
                result.problems().stream()
                        .map(problem -> fault(problem, meant, edited, hidden))
                        .toList(),
                result.effects().stream()
                        .map(effect -> hidden.without(effect, meant))
                        .toList(),
                LineDifference.between(hidden.shown(), hidden.shown(meant)));
    }

    /**
     * Puts an edited text in the place of the file.
     *
     * @throws Refused when the file has changed since, or the text would be refused
     */
    Applied apply(String name, String version, String edited) throws IOException, Refused {
        EtcFiles.Content content = same(name, version);
        HiddenValues hidden = new HiddenValues(content.text(), check(name));
        return replace(name, content, hidden.meant(withItsLineEnds(edited, content.text())), hidden);
    }

    /** Puts the text back that the last change from here has replaced, under the same conditions. */
    Applied undo(String name, String version) throws IOException, Refused {
        EtcFiles.Content content = same(name, version);
        Replaced last = replaced.get(name);
        if (last == null || !last.by().equals(version)) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT,
                    "The text of etc/" + name + " is not the one that the console has put there last.");
        }
        return replace(name, content, last.text(), new HiddenValues(content.text(), check(name)));
    }

    private Applied replace(String name, EtcFiles.Content content, String text, HiddenValues hidden)
            throws IOException, Refused {
        Result result = checks.check(name, text);
        if (!result.problems().isEmpty()) {
            Fault first = fault(result.problems().get(0), text, text, hidden);
            throw new Refused(
                    SC_UNPROCESSABLE,
                    "etc/" + name + " would be refused: " + (first.line() > 0 ? "line " + first.line() + ", " : "")
                            + first.key() + ": " + first.reason() + ".");
        }
        boolean same = values(name, content.text()).equals(Optional.of(result.values()));
        long at = Instant.now().toEpochMilli();
        String version = files.replace(name, content.version(), text);
        replaced.put(name, new Replaced(content.text(), version));
        return new Applied(version, at, same);
    }

    /** @return what a text sets; nothing where it cannot be used */
    private Optional<Map<String, Object>> values(String name, String text) throws IOException {
        Result result = checks.check(name, text);
        return result.problems().isEmpty() ? Optional.of(result.values()) : Optional.empty();
    }

    private ConfigurationCheck check(String name) throws Refused {
        return checks.of(name)
                .orElseThrow(() -> new Refused(
                        HttpServletResponse.SC_CONFLICT,
                        "No part of Gatepost that is there reads etc/" + name
                                + ", so nobody can say what may stand in it."));
    }

    private EtcFiles.Content same(String name, String version) throws IOException, Refused {
        EtcFiles.Content content = files.read(name);
        if (!content.version().equals(version)) {
            throw EtcFiles.changed(name);
        }
        return content;
    }

    /** A browser gives back no other line ends than {@code \n}. */
    private static String withItsLineEnds(String edited, String original) {
        String plain = edited.replace("\r\n", "\n");
        return original.contains("\r\n") ? plain.replace("\n", "\r\n") : plain;
    }

    private static Fault fault(Problem problem, String meant, String edited, HiddenValues hidden) {
        int line = WrittenLine.number(edited, problem.key());
        Matcher named = LINE.matcher(problem.key());
        if (line == 0 && named.lookingAt()) {
            line = Integer.parseInt(named.group(1));
        }
        return new Fault(line, hidden.without(problem.key(), meant), hidden.without(problem.reason(), meant));
    }
}
