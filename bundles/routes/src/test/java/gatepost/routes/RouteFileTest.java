package gatepost.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.routes.camel.RouteState;
import gatepost.routes.camel.Surroundings;
import gatepost.routes.http.HttpListener;
import gatepost.routes.http.HttpSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFileTest {

    private static final String TICK = """
            - route:
                id: tick
                from:
                  uri: timer:tick
                  parameters:
                    period: 10
                  steps:
                    - setBody:
                        constant: %s
                    - to: file:%s?fileName=out.txt&fileExist=Append
            """;

    @TempDir
    private Path work;

    private final TestReports reports = new TestReports();
    private HttpListener http;
    private int port;
    private RouteFile yaml;
    private RouteFile xml;

    @BeforeEach
    void files() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        http = new HttpListener(new HttpSettings("127.0.0.1", port, 10));
        Surroundings surroundings = new Surroundings(new TestComponents(), http, work, Duration.ofSeconds(5));
        yaml = new RouteFile("a.yaml", reports, () -> surroundings);
        xml = new RouteFile("b.xml", reports, () -> surroundings);
    }

    @AfterEach
    void stop() {
        yaml.remove();
        xml.remove();
    }

    @Test
    void aFileRunsChangesAndGoes() throws Exception {
        yaml.change(TICK.formatted("one,", work));
        awaitWritten("one,");
        assertEquals("Started", route().state());
        assertEquals("timer://tick?period=10", route().from());
        await().until(() -> route().completed() > 2);

        yaml.change(TICK.formatted("two,", work));
        awaitWritten("two,");
        assertEquals(List.of("taken etc/routes/a.yaml 1 route", "taken etc/routes/a.yaml 1 route"), reports.lines);

        yaml.remove();
        assertTrue(yaml.running().isEmpty());
        long size = Files.size(work.resolve("out.txt"));
        yaml.change(TICK.formatted("three,", work.resolve("elsewhere")));
        await().until(() -> Files.exists(work.resolve("elsewhere/out.txt")));
        assertEquals(size, Files.size(work.resolve("out.txt")));
    }

    @Test
    void xmlRoutesAreRoutesToo() {
        xml.change("""
                <routes>
                  <route id="x"><from uri="direct:a"/><to uri="log:x"/></route>
                  <route id="off" autoStartup="false"><from uri="direct:b"/><to uri="log:x"/></route>
                </routes>
                """);
        assertEquals(
                List.of("x Started", "off Stopped"),
                xml.running().orElseThrow().routes().stream()
                        .map(route -> route.id() + " " + route.state())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nope: x | 2 | Unsupported field: nope",
                "from: {uri: 'nope:x', steps: [{log: hi}]} | 4 | No endpoint could be found for: nope://x",
                "from: {uri: 'direct:a', steps: [{to: 'nope:x'}]} | 4 | No endpoint could be found for: nope://x",
                "from:~  uri: direct:a~  steps:~    - log: hi~    - bean:~        ref: nope | 8 | No bean could be found",
                "from: {uri: 'direct:a', steps: [{nope: x}]} | 4 | Unknown node id: nope",
                "from: {uri: 'direct:a', steps: [{to: 'log:{{nope}}'}]} | 4 | Property with key [nope] not found",
                "from: {uri: 'direct:a?nope=1', steps: [{log: hi}]} | 4 | Unknown parameters=[{nope=1}]",
                "from: [ | 5 | while parsing a flow node"
            })
    void whatIsWrongIsReportedWithItsLineAndTheLastGoodVersionStays(String line, int number, String reason) {
        yaml.change(TICK.formatted("one,", work));
        yaml.change(
                "- route:\n    id: broken\n    description: shows lines\n    " + line.replace("~", "\n    ") + "\n");
        String last = reports.lines.get(reports.lines.size() - 1);
        assertTrue(last.startsWith("refused etc/routes/a.yaml: line " + number + ": "), last);
        assertTrue(last.contains(reason), last);
        assertEquals("tick Started", route().id() + " " + route().state());
        assertTrue(yaml.refusal().orElseThrow().startsWith("line " + number + ": "));

        yaml.change(TICK.formatted("two,", work));
        assertTrue(yaml.refusal().isEmpty());
    }

    @Test
    void aFileWithoutARouteIsRefused() {
        yaml.change("just text");
        assertEquals(List.of("refused etc/routes/a.yaml: the file: there is no route in it"), reports.lines);
        assertTrue(yaml.running().isEmpty());
    }

    @Test
    void whatFailsAtItsStartLeavesTheLastGoodVersionRunning() throws Exception {
        yaml.change(TICK.formatted("one,", work));
        xml.change("<route id='taken'><from uri='platform-http:/hook'/><to uri='log:x'/></route>");
        yaml.change("""
                - from:
                    uri: platform-http:/hook
                    steps:
                      - log: hi
                """);
        assertTrue(
                yaml.refusal().orElseThrow().contains("the path /hook is taken by another route"), yaml.refusal()::get);
        assertEquals("tick Started", route().id() + " " + route().state());
        Files.deleteIfExists(work.resolve("out.txt"));
        awaitWritten("one,");
    }

    @Test
    void secretsComeFromFilesAndAreNotSeen() throws Exception {
        Files.writeString(work.resolve("token"), "s3cr3t-value\n");
        String route = """
                - route:
                    id: secret
                    from:
                      uri: timer:once?repeatCount=1&delay=0
                      steps:
                        - setBody:
                            constant: "{{file:token}}"
                        - to: file:%s?fileName=secret.txt
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: "{{file:token}} was wrong"
                """;
        yaml.change(route.formatted(work));
        await().until(() -> route().failed() == 1);
        assertEquals("s3cr3t-value", Files.readString(work.resolve("secret.txt")));
        assertEquals("(hidden) was wrong", route().error());

        yaml.change(route.replace("file:token", "file:absent").formatted(work));
        assertTrue(
                yaml.refusal().orElseThrow().contains("{{file:absent}}: the file cannot be read"), yaml.refusal()::get);
        yaml.change(route.replace("file:token", "env:GATEPOST_ABSENT").formatted(work));
        assertTrue(yaml.refusal().orElseThrow().contains("the environment has no such variable"), yaml.refusal()::get);
    }

    @Test
    void routesStopAndStartByHand() throws Exception {
        yaml.change(TICK.formatted("one,", work));
        yaml.running().orElseThrow().stop("tick");
        assertEquals("Stopped", route().state());
        yaml.running().orElseThrow().start("tick");
        assertEquals("Started", route().state());
    }

    @Test
    void anHttpRequestIsARouteAndItsAnswer() throws Exception {
        yaml.change("""
                - from:
                    uri: platform-http:/greet/{name}?httpMethodRestrict=POST
                    steps:
                      - setBody:
                          simple: "${header.name} ${header.q} ${body}"
                """);
        assertEquals("200 alice 1 hello", answer("POST", "/greet/alice?q=1&CamelHttpResponseCode=500", "hello"));
        assertEquals("405 ", answer("GET", "/greet/alice", ""));
        assertEquals("404 ", answer("POST", "/greet", ""));
        assertEquals("413 ", answer("POST", "/greet/alice", "more than ten bytes"));
    }

    private String answer(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private RouteState route() {
        return yaml.running().orElseThrow().routes().get(0);
    }

    private void awaitWritten(String text) {
        Path out = work.resolve("out.txt");
        await().until(() -> Files.exists(out) && Files.readString(out).contains(text));
    }
}
