package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.DESKTOP;
import static gatepost.itests.console.ConsolePage.NARROW;
import static gatepost.itests.console.ConsolePage.TABLET;
import static gatepost.itests.console.ConsolePage.assertKeepsToItself;
import static gatepost.itests.console.ConsolePage.open;
import static gatepost.itests.console.ConsolePage.picture;
import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the operator's routes, and what stands behind it. */
@ExtendWith(Suite.class)
class RoutesPageIT {

    private static final String FILE = "routes/page.yaml";

    /** A route that takes files of an own folder and sends each somewhere. */
    static String route(String id, String to) {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: file:{{sys:karaf.data}}/%1$s
                      parameters:
                        delay: 100
                        initialDelay: 0
                        delete: true
                      steps:
                        - to: %2$s
                """.formatted(id, to);
    }

    @BeforeEach
    void put() {
        Suite.gatepost().write(FILE, route("orders", "gatepost:user.dora"));
        awaitRoutes("(?s).*\"id\":\"orders\".*\"state\":\"Started\".*");
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(Suite.gatepost().etc(FILE));
        awaitRoutes("(?s)(?!.*page.yaml).*");
    }

    private static void awaitRoutes(String expression) {
        Operator viewer = Operator.viewer();
        Awaitility.await(expression).untilAsserted(() -> {
            String answer = viewer.get("/api/routes").body();
            assertTrue(answer.matches(expression), answer);
        });
    }

    private static String row(String expression) {
        return "[...document.querySelectorAll('#routes-table tbody tr')].some(e => /" + expression
                + "/.test(e.innerText))";
    }

    @Test
    void aRouteIsStoppedAndStartedAndTellsWhatItHasDone() throws IOException {
        try (Browser browser = Browser.start();
                Page page = open(browser, "/#/routes")) {
            signIn(page);
            page.until(row("page.yaml/orders\\s+file:.*\\s+Started\\s+0\\s+0\\s+0".replace("/", "\\/")));
            Files.writeString(Suite.gatepost().home().resolve("data/orders/one.txt"), "your order");
            page.until(row("orders\\s+file:.*\\s+Started\\s+1\\s+0\\s+0\\s+–"));

            page.click("#routes-table button");
            page.until("document.querySelector('dialog')");
            page.click("dialog button[type=submit]");
            page.until("/page.yaml.orders is stopped/.test(document.getElementById('routes-said').textContent)");
            page.until(row("Stopped"));
            AuditLog.awaitLine("outcome=\"done\" user=\"admin\"", "action=\"route-stop\" on=\"page.yaml/orders\"");
            assertTrue(Suite.gatepost().shell("gatepost:route-list").contains("Stopped"));

            page.click("#routes-table button");
            page.until(row("Started"));
            AuditLog.awaitLine("action=\"route-start\" on=\"page.yaml/orders\"");
            picture(page, "routes", NARROW, TABLET, DESKTOP);

            Suite.gatepost().write(FILE, route("orders", "nothing-there:x"));
            page.until(
                    "/page.yaml\\s+line \\d+: .*nothing-there/.test(document.getElementById('refused-routes')?.innerText)");
            page.until(row("Started"));
            picture(page, "routes-refused", NARROW, TABLET, DESKTOP);
            assertKeepsToItself(page);
        }
    }

    @Test
    void aRouteThatFailsSaysWhy() throws IOException {
        Path folder = Files.createDirectories(Suite.gatepost().home().resolve("data/denied"));
        Files.writeString(folder.resolve("two.txt"), "x");
        Suite.gatepost().write(FILE, route("denied", "gatepost:app.nobody-may"));
        awaitRoutes("(?s).*Denied: write queue://app.nobody-may.*");
        Files.delete(folder.resolve("two.txt"));
    }

    @Test
    void aViewerStopsNothing() {
        Operator viewer = Operator.viewer();
        assertEquals(200, viewer.get("/api/routes").statusCode());
        for (String what : List.of("stop", "start")) {
            assertEquals(
                    403,
                    viewer.post("/api/routes/" + what, Map.of("file", "page.yaml", "id", "orders"))
                            .statusCode());
        }
        assertTrue(viewer.get("/api/routes").body().contains("\"id\":\"orders\",\"from\":\"file:"));
        assertTrue(viewer.get("/api/routes").body().contains("\"state\":\"Started\""));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, page.yaml, nothing, 404, 'there is no route page.yaml/nothing, expected one of '",
        "stop, ../page.yaml, orders, 404, 'there is no route ../page.yaml/orders'",
        "reload, page.yaml, orders, 404, There is nothing here",
        "stop, page.yaml, , 400, Name a file and the id"
    })
    void whatIsNotThereIsSaidByItsName(String what, String file, String id, int status, String message) {
        Map<String, String> body = id == null ? Map.of("file", file) : Map.of("file", file, "id", id);
        HttpResponse<String> answer = Operator.administrator().post("/api/routes/" + what, body);
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(message), answer.body());
    }

    @Test
    void onlyItsOwnPageStopsARoute() {
        Operator admin = Operator.administrator();
        String body = "{\"file\":\"page.yaml\",\"id\":\"orders\"}";
        assertEquals(
                403,
                admin.web()
                        .request(
                                "POST",
                                "/api/routes/stop",
                                body,
                                "Origin",
                                "http://a.example",
                                "Cookie",
                                admin.cookie())
                        .statusCode());
        assertEquals(401, admin.web().post("/api/routes/stop", body).statusCode());
        assertTrue(admin.get("/api/routes").body().contains("\"state\":\"Started\""));
    }
}
