package gatepost.itests.harness.library;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * An application that {@code rails new} has made, with the installed gem and what {@code rails generate gatepost:install} writes, served
 * by Puma; and {@code Mailer}, which writes down whom it would mail. It is Debian's Rails, 6.1: no other can be installed from its packages alone.
 */
public final class RailsApplication implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port = Ports.free();
    private final Path root;
    private final Map<String, String> environment;
    private Program puma;

    /**
     * @param work an empty folder
     * @param environment leads to the gem and to Gatepost
     * @param parts folders whose files the application has, too, as a developer writes them before the generator runs
     */
    public RailsApplication(Path work, Map<String, String> environment, List<Path> parts) throws IOException {
        this.environment = new HashMap<>(environment);
        // what Debian's Rails forgets to require
        this.environment.put("RUBYOPT", "-rlogger");
        Command.run(
                work,
                this.environment,
                "rails",
                "new",
                "shop",
                "--quiet",
                "--minimal",
                "--skip-active-record",
                "--skip-sprockets",
                "--skip-listen",
                "--skip-bundle",
                "--skip-git");
        root = work.resolve("shop");
        // only what is used; where from is for Debian's packages and the folder of gems to say
        Files.writeString(root.resolve("Gemfile"), """
                gem "railties"
                gem "activemodel"
                gem "actionview"
                gem "activejob"
                gem "puma"
                gem "gatepost"
                """);
        Path application = root.resolve("config/application.rb");
        Files.writeString(
                application,
                Files.readString(application)
                        .replace("# require \"active_job/railtie\"", "require \"active_job/railtie\""));
        Files.writeString(root.resolve("config/importmap.rb"), "pin \"application\"\n");
        copy(Program.HARNESS.resolve("src/rails"));
        parts.forEach(this::copy);
        Command.run(root, this.environment, "bin/rails", "generate", "gatepost:install");
    }

    private void copy(Path part) {
        Command.run(root, Map.of(), "cp", "-r", part.toAbsolutePath() + "/.", ".");
    }

    public Path root() {
        return root;
    }

    public String address() {
        return "http://localhost:" + port;
    }

    /**
     * @param more variables of the environment
     * @param options of Puma
     */
    public void start(Map<String, String> more, String options) {
        Map<String, String> production = new HashMap<>(environment);
        production.putAll(Map.of(
                "RAILS_ENV",
                "production",
                "SECRET_KEY_BASE",
                "of this test only".repeat(4),
                "RAILS_LOG_TO_STDOUT",
                "yes",
                "RAILS_SERVE_STATIC_FILES",
                "yes"));
        production.putAll(more);
        puma = Program.start(
                root,
                production,
                List.of(
                        "sh",
                        "-c",
                        "puma -q -C - " + options + " -b tcp://localhost:" + port
                                + " config.ru >&2 & cat >/dev/null; kill $!; wait"));
        Awaitility.await("Rails listens").atMost(PATIENCE).until(() -> Ports.isOpen(port));
    }

    /** @return what a command of Rails prints, which has to succeed */
    public String rails(String... command) {
        String[] all = new String[command.length + 1];
        all[0] = "bin/rails";
        System.arraycopy(command, 0, all, 1, command.length);
        return Command.run(root, environment, all);
    }

    @Override
    public void close() {
        if (puma != null) {
            puma.close();
        }
    }
}
