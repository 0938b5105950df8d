package gatepost.itests.console;

import java.util.List;

/** The pages of the console that somebody walks over: each is pictured, and axe-core is asked about it. */
final class Walk {

    private Walk() {}

    /**
     * A page.
     *
     * @param name of its pictures
     * @param hash its address, behind the console's
     * @param shown an expression that is true in the page once there is something to see
     */
    record Stop(String name, String hash, String shown) {}

    /** All pages, for every role. */
    static final List<Stop> STOPS = List.of(
            new Stop("overview", "#/overview", "document.querySelectorAll('#changes tbody tr').length > 3"),
            new Stop("overview-hour", "#/overview?span=hour", "document.querySelector('.chart path') !== null"),
            new Stop("users", "#/users", text("users-list", "dora")),
            new Stop("users-search", "#/users?search=ALI", text("users-list", "alice")),
            new Stop("user", "#/users/dora", text("sessions", "queue://user.dora")),
            new Stop("queues", "#/queues", text("queues-list", "app.inbox")),
            new Stop(
                    "queue",
                    "#/queues/app.inbox",
                    "/Messages[^]*[1-9]/.test(document.querySelector('.facts').textContent)"),
            new Stop("configuration", "#/configuration", text("files", "gatepost.authorization.cfg")),
            new Stop(
                    "configuration-file",
                    "#/configuration/gatepost.broker.cfg",
                    "/in force|A viewer sees/.test(document.getElementById('configuration').textContent)"),
            new Stop("routes", "#/routes", text("routes-table", "walk.yaml/walk")),
            new Stop("log", "#/log", "document.querySelectorAll('#log-table tbody tr').length > 20"),
            new Stop("log-search", "#/log?level=INFO&text=is+in+force&follow=no", text("log-table", "is in force")),
            new Stop("audit", "#/audit", text("audit-table", "walker")));

    /** @return an expression that is true when an element has a text in it */
    static String text(String id, String text) {
        return "document.getElementById('" + id + "')?.textContent.includes('" + text + "')";
    }
}
