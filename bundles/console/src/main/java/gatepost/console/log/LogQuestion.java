package gatepost.console.log;

import gatepost.console.web.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Predicate;

/** What the parameters of a request say. */
final class LogQuestion {

    private static final int LONGEST = 512;

    private final HttpServletRequest request;

    LogQuestion(HttpServletRequest request) {
        this.request = request;
    }

    /** @return a parameter; nothing where it is not there or empty */
    Optional<String> text(String name) throws Refused {
        String value = request.getParameter(name);
        if (value != null && value.length() > LONGEST) {
            throw bad(name, value.substring(0, 20) + "…", "at most " + LONGEST + " characters");
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** @return the question with {@code since}, {@code until} and {@code after}, and besides what else is wanted */
    LogTail.Question about(Predicate<LogEntry> wanted) throws Refused {
        Instant since = time("since", Instant.MIN);
        Instant until = time("until", Instant.MAX);
        Optional<String> after = text("after");
        if (after.isPresent() && !LogTail.isPosition(after.get())) {
            throw bad("after", after.get(), "the position of an earlier answer");
        }
        return new LogTail.Question(entry -> !entry.at().isAfter(until) && wanted.test(entry), since, after);
    }

    private Instant time(String name, Instant otherwise) throws Refused {
        Optional<String> text = text(name);
        try {
            return text.map(Instant::parse).orElse(otherwise);
        } catch (DateTimeParseException e) {
            throw bad(name, text.orElse(""), "a time such as 2026-11-29T08:30:00Z");
        }
    }

    static Refused bad(String name, String value, String expected) {
        return new Refused(HttpServletResponse.SC_BAD_REQUEST, name + " is " + value + ": expected " + expected + ".");
    }
}
