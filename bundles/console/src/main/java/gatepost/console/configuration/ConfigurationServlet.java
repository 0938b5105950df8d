package gatepost.console.configuration;

import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.console.session.Operator;
import gatepost.console.web.Aside;
import gatepost.console.web.Aside.Said;
import gatepost.console.web.Json;
import gatepost.console.web.Refused;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /api/configuration}: what became of each file. {@code GET /api/configuration/file}: one to be edited, for administrators only.
 * {@code POST /api/configuration/check}, {@code apply} and {@code undo}: what an edited text would do, and doing it.
 */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/configuration/*", WebContext.SELECT, WebContext.MAY_WAIT
        })
public final class ConfigurationServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Said LATE = new Said(
            503, Map.of("error", "It takes longer than " + PATIENCE.toSeconds() + " s. Look again in a while."));

    private final transient ConfigurationChanges changes;
    private final transient ConfigurationReports reports;
    private final transient Aside aside = new Aside("gatepost-console-configuration", 2, 32);

    /** @param version of the text that was edited */
    record Change(String name, String version, String text) {}

    /**
     * What became of a file, or of something else that is configured.
     *
     * @param name of the file in {@code etc}, where it can be edited; empty elsewhere
     * @param file as reports name it
     * @param state {@code taken}, {@code refused}, {@code awaited}, or {@code unread} where nobody has said anything of it
     * @param at when that was, milliseconds since 1970; 0 where it is unread
     * @param problems why it is refused: without values, which are in the file
     */
    record State(String name, String file, String state, long at, List<Why> problems, String note) {}

    record Why(String key, String reason) {}

    @Activate
    public ConfigurationServlet(@Reference ConfigurationChanges changes, @Reference ConfigurationReports reports) {
        this.changes = changes;
        this.reports = reports;
    }

    @Deactivate
    void deactivate() {
        aside.close();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Operator operator = Operator.of(request);
        String what = path(request);
        String name = request.getParameter("name");
        aside.answer(request, response, PATIENCE, LATE, () -> switch (what) {
            case "" -> Said.of(Map.of("files", states()));
            case "/file" -> Said.of(file(operator, name));
            default -> throw nothing();
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Operator operator = Operator.of(request);
        String what = path(request);
        Change change = Json.read(request, Change.class).orElse(new Change(null, null, null));
        aside.answer(request, response, PATIENCE, LATE, () -> post(operator, what, change));
    }

    private Said post(Operator operator, String what, Change change) throws Exception {
        if (!Set.of("/check", "/apply", "/undo").contains(what)) {
            throw nothing();
        }
        boolean undo = what.equals("/undo");
        if (change.name() == null || change.version() == null || change.text() == null && !undo) {
            throw new Refused(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Name a file, the version that was edited, and a text; all in at most 256 KiB.");
        }
        if (what.equals("/check")) {
            return Said.of(changes.check(change.name(), change.version(), change.text()));
        }
        String action = undo ? "configuration-undo" : "configuration-apply";
        try {
            ConfigurationChanges.Applied applied = undo
                    ? changes.undo(change.name(), change.version())
                    : changes.apply(change.name(), change.version(), change.text());
            operator.did(action, "etc/" + change.name());
            return Said.of(applied);
        } catch (Refused e) {
            operator.didNot(action, "etc/" + change.name(), e.getMessage());
            throw e;
        }
    }

    private ConfigurationChanges.Editable file(Operator operator, String name) throws Exception {
        if (!operator.isAdministrator()) {
            throw new Refused(HttpServletResponse.SC_FORBIDDEN, "A viewer does not see what is in files.");
        }
        if (name == null) {
            throw new Refused(HttpServletResponse.SC_BAD_REQUEST, "Name a file.");
        }
        return changes.read(name);
    }

    private List<State> states() throws Exception {
        Map<String, ConfigurationReport> known = new LinkedHashMap<>();
        reports.all().forEach(report -> known.put(report.file(), report));
        List<State> states = new ArrayList<>();
        for (String name : changes.names()) {
            ConfigurationReport report = known.remove("etc/" + name);
            String editable = changes.isKnown(name) ? name : "";
            states.add(
                    report == null
                            ? new State(editable, "etc/" + name, "unread", 0, List.of(), "")
                            : state(editable, report));
        }
        known.values().forEach(report -> states.add(state("", report)));
        return states;
    }

    private static State state(String name, ConfigurationReport report) {
        return new State(
                name,
                report.file(),
                report.outcome().name().toLowerCase(Locale.ROOT),
                report.at().toEpochMilli(),
                report.problems().stream()
                        .map(problem -> new Why(problem.key(), problem.reason()))
                        .toList(),
                report.note());
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    private static Refused nothing() {
        return new Refused(HttpServletResponse.SC_NOT_FOUND, "There is nothing here.");
    }
}
