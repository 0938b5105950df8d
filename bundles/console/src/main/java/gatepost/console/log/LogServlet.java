package gatepost.console.log;

import gatepost.console.web.Answers;
import gatepost.console.web.Aside;
import gatepost.console.web.Aside.Said;
import gatepost.console.web.Refused;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * {@code GET /api/log}: the last entries of gatepost.log, with {@code level} and {@code text}. {@code GET /api/audit}: those of audit.log, with
 * {@code user}, {@code event}, {@code outcome} and {@code destination}. Both with {@code since} and {@code until}, and with {@code after}, which
 * is the {@code position} of an earlier answer, for what has come since.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=" + LogServlet.LOG,
            "osgi.http.whiteboard.servlet.pattern=" + LogServlet.AUDIT,
            WebContext.SELECT,
            WebContext.MAY_WAIT
        })
public final class LogServlet extends HttpServlet {

    static final String LOG = "/api/log";
    static final String AUDIT = "/api/audit";

    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Said LATE = new Said(503, Map.of("error", "The log could not be read in time. Try again."));
    /** An answer has less than 256 KiB, so that it is written without a thread. */
    private static final LogTail.Bounds BOUNDS =
            new LogTail.Bounds(500, 100 * 1024, 32L * 1024 * 1024, Duration.ofSeconds(2));

    private final transient LogTail log;
    private final transient LogTail audit;
    private final transient Aside aside = new Aside("gatepost-console-log", 2, 32);

    /** What is found, the newest first; see {@link LogTail.Answer}. */
    record Found(List<?> entries, String position, String end, Long looked) {}

    @Activate
    public LogServlet() {
        this(Path.of(System.getProperty("karaf.log", "data/log")));
    }

    LogServlet(Path folder) {
        log = new LogTail(new LogFiles(folder, "gatepost"), BOUNDS);
        audit = new LogTail(new LogFiles(folder, "audit"), BOUNDS);
    }

    @Deactivate
    void deactivate() {
        aside.close();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LogQuestion question = new LogQuestion(request);
        try {
            Aside.Work reading = request.getServletPath().equals(LOG) ? log(question) : audit(question);
            aside.answer(request, response, PATIENCE, LATE, reading);
        } catch (Refused e) {
            Answers.error(response, e.status(), e.getMessage());
        }
    }

    private Aside.Work log(LogQuestion question) throws Refused {
        String level = question.text("level").orElse(LogLine.LEVELS.get(0));
        if (!LogLine.LEVELS.contains(level)) {
            throw LogQuestion.bad("level", level, "one of " + String.join(", ", LogLine.LEVELS));
        }
        Optional<String> text = question.text("text");
        LogTail.Question asked = question.about(entry -> LogLine.isAtLeast(entry, level) && LogLine.isIn(entry, text));
        return () -> found(log.read(asked), LogLine::of);
    }

    private Aside.Work audit(LogQuestion question) throws Refused {
        AuditLine.Filter filter = new AuditLine.Filter(
                question.text("user"), question.text("event"), question.text("outcome"), question.text("destination"));
        LogTail.Question asked = question.about(filter::accepts);
        return () -> found(audit.read(asked), AuditLine::of);
    }

    private static Said found(LogTail.Answer answer, Function<LogEntry, ?> form) {
        return Said.of(new Found(
                answer.entries().stream().map(form).toList(),
                answer.position(),
                answer.end(),
                answer.looked().map(at -> at.toEpochMilli()).orElse(null)));
    }
}
