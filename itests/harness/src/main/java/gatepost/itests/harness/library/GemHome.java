package gatepost.itests.harness.library;

import gatepost.itests.harness.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The gem as it would be published, installed into an empty folder of gems; what runs there has no other way to it. */
public final class GemHome implements AutoCloseable {

    /** Seen from the module's folder, in which Maven runs its tests. */
    public static final Path SOURCE =
            Path.of("..", "..", "clients", "ruby").toAbsolutePath().normalize();

    private final Path folder;

    public GemHome() {
        try {
            folder = Files.createTempDirectory("gatepost-it-gem-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path gem = folder.resolve("gatepost.gem");
        Command.run(SOURCE, Map.of(), "gem", "build", "--quiet", "--output", gem.toString(), "gatepost.gemspec");
        Command.run(folder, environment(), "gem", "install", "--local", "--no-document", gem.toString());
    }

    public Path folder() {
        return folder;
    }

    /** @return a new map with the variables of the environment that lead to it */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("GEM_HOME", folder.resolve("home").toString());
        environment.put("LANG", "C.UTF-8");
        return environment;
    }

    @Override
    public void close() {
        Command.run(folder.getParent(), Map.of(), "rm", "-rf", folder.toString());
    }
}
