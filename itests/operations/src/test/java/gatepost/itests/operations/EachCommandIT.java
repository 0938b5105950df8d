package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of {@code commands.table}, at a terminal and without one. */
class EachCommandIT {

    private static final int WIDEST = 120;
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final List<String> LINES = lines();

    @TempDir
    private static Path folder;

    private static int rounds;

    /** Of its own: the welcome, which nobody else's messages may be beside, and what the commands change. */
    @AutoClose
    private static final Gatepost GATEPOST = Gatepost.unpack();

    @BeforeAll
    static void makeWhatTheCommandsAreAbout() throws IOException {
        GATEPOST.configure("gatepost.users.properties", Map.of(FIRST, FIRST + ",users", SECOND, SECOND + ",users"));
        GATEPOST.configure("gatepost.welcome.cfg", Map.of("enabled", "true"));
        GATEPOST.write("keys/each.secret", "0123456789abcdef0123456789abcdef");
        GATEPOST.configure("gatepost.authentication.cfg", Map.of("token.keys", "HS256:etc/keys/each.secret"));
        GATEPOST.write(
                "routes/each.yaml",
                "- route:\n    id: each\n    from:\n      uri: direct:each\n      steps:\n        - log: each\n");
        GATEPOST.configure(
                "gatepost.webhook-each.cfg",
                Map.of(
                        "url",
                        "http://127.0.0.1:9/each",
                        "events",
                        "user.online",
                        "secret",
                        "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        GATEPOST.awaitLog("etc/routes/each.yaml is in force", GATEPOST::start);
        Files.copy(GATEPOST.etc("gatepost.authorization.cfg"), folder.resolve("gatepost.authorization.cfg"));
        Files.writeString(folder.resolve("members.txt"), "alice\nbob\n");
        Files.writeString(
                folder.resolve("activemq.xml"),
                "<beans><authorizationMap><authorizationEntries>"
                        + "<authorizationEntry queue=\"orders.>\" read=\"admins\" write=\"admins\" admin=\"admins\"/>"
                        + "</authorizationEntries></authorizationMap></beans>");
    }

    @Test
    void theTableHasEachCommandWithEachOfItsOptions() {
        Set<String> missing = new TreeSet<>();
        for (String command : ShellIT.COMMANDS) {
            String tried = LINES.stream()
                    .filter(line -> line.startsWith(command + ' ') || line.equals(command))
                    .collect(Collectors.joining(" "));
            if (tried.isEmpty()) {
                missing.add(command);
            }
            GATEPOST.shell("help gatepost:" + command)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.matches("--[a-z-]+"))
                    .filter(option -> !Set.of("--json", "--no-format", "--help").contains(option))
                    .filter(option -> !List.of(tried.split(" ")).contains(option))
                    .forEach(option -> missing.add(command + ' ' + option));
        }
        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --no-format", " --json"})
    void withoutATerminal(String option) {
        each(option, GATEPOST::shell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --no-format", " --json"})
    void atATerminal(String option) {
        try (Terminal terminal = new Terminal(GATEPOST)) {
            assertFalse(terminal.screen().contains("JAVA_HOME"), terminal::screen);
            assertTrue(terminal.run("help gatepost").contains("gatepost:acl-check"), terminal::screen);
            // what is typed may be longer than a line
            each(
                    option,
                    command -> terminal.run(command)
                            .replaceFirst(option.equals(" --json") ? "(?sm)\\A.*?(?=^[\\[{])" : "\\A", ""));
        }
    }

    private static void each(String option, UnaryOperator<String> shell) {
        String n = String.valueOf(++rounds);
        String token = "";
        leaveASubscription("each-" + n);
        try (StompClient first = Transport.TCP.client(GATEPOST);
                StompClient second = Transport.WEB_SOCKET.client(GATEPOST)) {
            first.connect(FIRST, FIRST);
            second.connect(SECOND, SECOND);
            String session = Json.read(GATEPOST.shell("gatepost:session-list --json --user " + FIRST))
                    .get(0)
                    .get("session")
                    .asText();
            for (String line : LINES) {
                String command = "gatepost:"
                        + line.replaceFirst("(?<=^[a-z-]+)(?= |$)", option)
                                .replace("{n}", n)
                                .replace("{folder}", folder.toString())
                                .replace("{token}", token)
                                .replace("{session}", session)
                                .replace("{first}", FIRST)
                                .replace("{second}", SECOND);
                String printed = shell.apply(command);
                assertFine(command, printed, option);
                if (line.startsWith("token-mint")) {
                    token = option.equals(" --json")
                            ? Json.read(printed).get("token").asText()
                            : printed.strip();
                }
            }
        }
    }

    private static void assertFine(String command, String printed, String option) {
        String told = command + " printed:\n" + printed;
        assertFalse(printed.contains("Error executing command") || printed.contains("not found"), told);
        assertFalse(printed.contains("\u001B"), told);
        switch (option) {
            case " --json" -> assertTrue(Json.read(printed).isContainerNode(), told);
            case " --no-format" -> assertFalse(printed.contains("-+-") || printed.contains("─┼─"), told);
            default -> {
                assertFalse(printed.isBlank(), told);
                assertTrue(
                        printed.lines()
                                .filter(line -> line.contains(" | ") || line.contains(" │ "))
                                .allMatch(line -> line.codePointCount(0, line.length()) <= WIDEST),
                        told);
            }
        }
    }

    private static void leaveASubscription(String client) {
        try (StompClient system = Transport.TCP.client(GATEPOST)) {
            system.connect("system", "manager", "client-id:" + client);
            system.done(ClientFrame.subscribe("s", "/topic/each", "activemq.subscriptionName:news"));
        }
        Awaitility.await()
                .until(() -> GATEPOST.shell("gatepost:subscription-list --json system")
                        .contains("\"offlineSince\" : \"2"));
    }

    private static List<String> lines() {
        try (InputStream in = EachCommandIT.class.getResourceAsStream("/commands.table")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
