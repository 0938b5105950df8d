package gatepost.console.configuration;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.WrittenLine;
import gatepost.console.web.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets of one state of a file, which leave the server for nobody: in the text that is shown, {@code ‹hidden 1›} stands for the
 * first of them, and so on. In an edited text it keeps the value, at the key that it belongs to and nowhere else: what could be moved to
 * another key could be read there.
 */
final class HiddenValues {

    private static final String NEW = "‹hidden, new›";
    private static final Pattern MARK = Pattern.compile("‹hidden (\\d{1,4})›");
    /** Without defaults, which may be secrets themselves. */
    private static final Pattern PLACEHOLDERS = Pattern.compile("(\\$\\{(env:)?[^}:]+}|\\$\\[[^;\\]]+])*");
    /** Of shorter values nobody can tell whether they stand somewhere by chance. */
    private static final int SHORTEST_FOUND = 4;

    private final ConfigurationCheck check;
    private final String original;
    private final List<WrittenLine> hidden = new ArrayList<>();
    private final String shown;

    HiddenValues(String original, ConfigurationCheck check) throws Refused {
        if (MARK.matcher(original).find() || original.contains(NEW)) {
            throw new Refused(
                    HttpServletResponse.SC_CONFLICT,
                    "The file has the text ‹hidden› in it, which stands for secrets here: change it with an editor.");
        }
        this.check = check;
        this.original = original;
        StringBuilder text = new StringBuilder();
        for (WrittenLine line : WrittenLine.of(original)) {
            if (isSecret(line)) {
                hidden.add(line);
                text.append(line.with(mark(hidden.size())).text());
            } else {
                text.append(line.text());
            }
        }
        shown = text.toString();
    }

    /** @return the text without its secrets */
    String shown() {
        return shown;
    }

    /**
     * @param edited what became of {@link #shown}
     * @return the text that is meant: with the secrets that are kept
     * @throws Refused when a mark stands where it does not belong
     */
    String meant(String edited) throws Refused {
        if (edited.equals(shown)) {
            return original;
        }
        StringBuilder text = new StringBuilder();
        for (WrittenLine line : WrittenLine.of(edited)) {
            text.append(meant(line).text());
        }
        return text.toString();
    }

    private WrittenLine meant(WrittenLine line) throws Refused {
        if (line.text().contains(NEW)) {
            throw misplaced(line);
        }
        Matcher mark = MARK.matcher(line.value());
        if (mark.matches()) {
            int number = Integer.parseInt(mark.group(1));
            if (number < 1
                    || number > hidden.size()
                    || !hidden.get(number - 1).key().equals(line.key())) {
                throw misplaced(line);
            }
            return line.with(hidden.get(number - 1).value());
        }
        if (MARK.matcher(line.text()).find()) {
            throw misplaced(line);
        }
        return line;
    }

    private static Refused misplaced(WrittenLine line) {
        return new Refused(
                422,
                "Line " + line.number()
                        + ": what is hidden can only be kept as it is, at its own key, or be replaced as a whole.");
    }

    /** @return a text that is meant without its secrets, those that are new ones told apart from those that were kept */
    String shown(String meant) {
        StringBuilder text = new StringBuilder();
        for (WrittenLine line : WrittenLine.of(meant)) {
            text.append(
                    isSecret(line)
                            ? line.with(kept(line).map(HiddenValues::mark).orElse(NEW))
                                    .text()
                            : line.text());
        }
        return text.toString();
    }

    private Optional<Integer> kept(WrittenLine line) {
        for (int i = 0; i < hidden.size(); i++) {
            if (hidden.get(i).key().equals(line.key()) && hidden.get(i).value().equals(line.value())) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    /** @return a message for people without the secrets of a text, or parts of them */
    String without(String message, String meant) {
        List<WrittenLine> secrets = new ArrayList<>(hidden);
        WrittenLine.of(meant).stream().filter(this::isSecret).forEach(secrets::add);
        String clean = message;
        for (WrittenLine secret : secrets) {
            for (String part : (secret.value() + "\n" + secret.value().replace("\\", "")).split("[\\s,{}]+|:-")) {
                if (part.length() >= SHORTEST_FOUND) {
                    clean = clean.replace(part, "‹hidden›");
                }
            }
        }
        return clean;
    }

    private boolean isSecret(WrittenLine line) {
        String value = line.value().strip();
        return !line.key().isEmpty() && !PLACEHOLDERS.matcher(value).matches() && check.isSecret(line.key(), value);
    }

    private static String mark(int number) {
        return "‹hidden " + number + "›";
    }
}
