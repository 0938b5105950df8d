package gatepost.welcome;

import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts in force what is configured, as soon and as long as it can be: which queues are inboxes may change at any time, and who was greeted
 * has to be known. Where the destination is no inbox, what was in force last stays so if that still can be. For one thread.
 */
final class Enforcement {

    /** After a start PID gatepost.inbox may come a moment later. */
    private static final int LOOKS_AT_START = 3;

    /** What greetings are sent with, while they are. */
    interface Route extends Sender, AutoCloseable {

        @Override
        void close();
    }

    private enum Report {
        NONE,
        TAKEN,
        REFUSED,
        /** What came last cannot be read: until something else comes, that is what is said. */
        UNREADABLE
    }

    private final ConfigurationReports reports;
    private final GreetedUsers users;
    private final Greeter greeter;
    private final TakeOver takeOver;
    private final Supplier<Route> routes;
    private Route route;
    /** What was configured last and can be read, {@code null} for nothing yet. */
    private WelcomeSettings wanted;

    private String file;
    private Report reported = Report.NONE;
    /** What was put in force last, {@code null} for nothing yet. */
    private WelcomeSettings inForce;
    /** What goes on now, with a destination that is none maybe. */
    private WelcomeSettings current;

    private int looks;

    Enforcement(
            ConfigurationReports reports,
            GreetedUsers users,
            Greeter greeter,
            TakeOver takeOver,
            Supplier<Route> routes) {
        this.reports = reports;
        this.users = users;
        this.greeter = greeter;
        this.takeOver = takeOver;
        this.routes = routes;
    }

    /** Something is configured that can be read. */
    void configure(WelcomeSettings settings, String from) {
        wanted = settings;
        file = from;
        reported = Report.NONE;
        look();
    }

    /** Something is configured that cannot be read; what was before stays. */
    void refuse(String from, List<Problem> problems) {
        reports.refused(Welcome.PID, from, problems);
        reported = Report.UNREADABLE;
    }

    /** Looks whether what was waited for is there, and what was there still is; to be called every second. */
    void look() {
        if (wanted == null) {
            return;
        }
        looks++;
        if (isUsable(wanted)) {
            inForce = wanted;
            taken();
        } else {
            refused();
        }
        if (inForce == null || !isUsable(inForce)) {
            go(inForce == null ? wanted : inForce, false);
        } else {
            users.change(inForce);
            boolean known = !users.mayGreet(inForce) || takeOver.complete(users);
            go(inForce, inForce.enabled() && known);
        }
    }

    /** Where nobody is greeted it does not matter where greetings go. */
    private boolean isUsable(WelcomeSettings settings) {
        return !settings.enabled() || users.mayGreet(settings);
    }

    private void taken() {
        if (reported == Report.NONE || reported == Report.REFUSED) {
            reported = Report.TAKEN;
            reports.taken(Welcome.PID, file, wanted.enabled() ? "" : "nobody is greeted");
        }
    }

    private void refused() {
        boolean starting = inForce == null && looks <= LOOKS_AT_START;
        if ((reported == Report.NONE || reported == Report.TAKEN) && !starting) {
            reported = Report.REFUSED;
            reports.refused(Welcome.PID, file, List.of(wanted.noInbox(file)));
        }
    }

    private void go(WelcomeSettings settings, boolean sending) {
        if (settings.equals(current) && sending == (route != null)) {
            return;
        }
        // what is in flight to another inbox is none of what is due then
        boolean elsewhere = current != null && !settings.destination().equals(current.destination());
        if (route != null && (!sending || elsewhere)) {
            route.close();
            route = null;
        }
        if (sending && route == null) {
            route = routes.get();
        }
        current = settings;
        greeter.change(settings, route);
    }

    void stop() {
        greeter.stop();
        if (route != null) {
            route.close();
        }
    }
}
