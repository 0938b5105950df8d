package gatepost.itests.harness.library;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Headless Chromium, steered by {@code driver.mjs}; its pages stand beside that. A page is served from localhost, so that its
 * origin is the host that Gatepost runs on.
 */
public final class Browser implements AutoCloseable {

    private static final Path WEB = Program.HARNESS.resolve("src/web");
    private static final Path MODULES = Program.HARNESS.resolve("node_modules");

    private static final Path LOCK = Program.HARNESS.resolve("target/node_modules.lock");

    private final Program driver;
    private int lastPage;

    private Browser(Program driver) {
        this.driver = driver;
    }

    public static Browser start() {
        return start(List.of());
    }

    /** @param launcher a command in front, such as one that enters another network */
    public static Browser start(List<String> launcher) {
        installLibraries();
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("node", "driver.mjs"));
        Program driver = Program.start(
                WEB,
                Map.of(
                        "NODE_MODULES_URL",
                        MODULES.toUri() + "/",
                        "CHROMIUM",
                        System.getProperty("chromium", "/usr/bin/chromium")),
                command);
        Browser browser = new Browser(driver);
        try {
            value(driver.line());
            return browser;
        } catch (AssertionError e) {
            driver.close();
            throw e;
        }
    }

    /** Serves a text under a path. */
    public void serve(String path, String text) {
        ask(Map.of("action", "serve", "path", path, "text", text));
    }

    /**
     * Opens a page, in a profile of its own.
     *
     * @param path of this browser's own pages, or the whole address of another server's page
     */
    public Page open(String path) {
        return open(Map.of("path", path));
    }

    /** Opens a page as a further tab beside another one, in the same profile. */
    public Page openBeside(Page page, String path) {
        return open(Map.of("path", path, "beside", page.name()));
    }

    private Page open(Map<String, String> request) {
        String name = "page" + ++lastPage;
        Map<String, String> all = new HashMap<>(request);
        all.putAll(Map.of("action", "open", "page", name));
        ask(all);
        return new Page(this, name);
    }

    @Override
    public void close() {
        driver.close();
    }

    JsonNode ask(Map<String, String> request) {
        driver.send(Json.line(request));
        try {
            return value(driver.line());
        } catch (AssertionError e) {
            throw new AssertionError(request + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode value(String line) {
        JsonNode answer = Json.read(line);
        if (answer.has("error")) {
            throw new AssertionError(answer.get("error").asText());
        }
        return answer.get("value");
    }

    /** What package-lock.json lists, unless it is there already; the suite beside this one waits until it is. */
    private static synchronized void installLibraries() {
        Path installed = MODULES.resolve(".package-lock.json");
        Path wanted = Program.HARNESS.resolve("package-lock.json");
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(installed)
                    || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
                Command.run(Program.HARNESS, Map.of(), "npm", "ci", "--prefer-offline", "--ignore-scripts");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
