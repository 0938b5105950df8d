package gatepost.routes;

import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.routes.camel.FileContext;
import gatepost.routes.camel.RouteFault;
import gatepost.routes.camel.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One route file: runs its last good version. Changes are made by one thread at a time; what it looks like may be asked for by
 * any.
 */
final class RouteFile {

    private final String name;
    private final String reportedAs;
    private final ConfigurationReports reports;
    private final Supplier<Surroundings> surroundings;
    private volatile FileContext running;
    private volatile String refusal;
    private String runningText;

    RouteFile(String name, ConfigurationReports reports, Supplier<Surroundings> surroundings) {
        this.name = name;
        this.reportedAs = Routes.PID + "~" + name;
        this.reports = reports;
        this.surroundings = surroundings;
    }

    String name() {
        return name;
    }

    /** @return the version that runs, if one does */
    Optional<FileContext> running() {
        return Optional.ofNullable(running);
    }

    /** @return why the version in the folder does not run, with its line, if so */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Runs this version, or keeps the last good one. */
    synchronized void change(String text) {
        FileContext next;
        try {
            next = FileContext.build(name, text, surroundings.get());
        } catch (RouteFault e) {
            refused(e);
            return;
        }
        stop();
        try {
            next.start();
        } catch (RouteFault e) {
            next.stop();
            refused(e);
            goBack();
            return;
        }
        running = next;
        runningText = text;
        refusal = null;
        int routes = next.routes().size();
        reports.taken(reportedAs, file(), routes == 1 ? "1 route" : routes + " routes");
    }

    /** The file is gone. */
    synchronized void remove() {
        stop();
        refusal = null;
        reports.removed(reportedAs);
    }

    private void stop() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    private void goBack() {
        if (runningText == null) {
            return;
        }
        try {
            FileContext last = FileContext.build(name, runningText, surroundings.get());
            running = last;
            last.start();
        } catch (RouteFault e) {
            stop();
            refusal += "; the last good version does not start any more: " + e.getMessage();
        }
    }

    private void refused(RouteFault fault) {
        String place = fault.line() > 0 ? "line " + fault.line() : "the file";
        refusal = place + ": " + fault.getMessage();
        reports.refused(reportedAs, file(), List.of(new Problem(file(), place, null, fault.getMessage())));
    }

    private String file() {
        return "etc/routes/" + name;
    }
}
