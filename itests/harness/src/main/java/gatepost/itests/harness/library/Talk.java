package gatepost.itests.harness.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The talk's two snippets, word for word as they stand in {@code src/talk}. */
public final class Talk {

    private static final Path FOLDER = Program.HARNESS.resolve("src/talk");

    private Talk() {}

    /**
     * Runs the talk's Ruby.
     *
     * @param launcher a command in front, or none
     * @param port to connect to in place of the talk's
     * @param queue of the talk's {@code user}
     */
    public static void publish(List<String> launcher, int port, String queue) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                "ruby",
                "-rstomp",
                "-e",
                "user = Struct.new(:queue).new(ARGV[0])",
                "-e",
                replace(read("talk.rb"), "port: 61612", "port: " + port),
                queue));
        try (Program ruby = Program.start(FOLDER, Map.of(), command)) {
            ruby.finish();
        }
    }

    /** @return the talk's JavaScript with its placeholders filled in */
    public static String script(int port, String login, String passcode, String destination) {
        String script = replace(read("talk.js"), "ws://localhost:61614/stomp", "ws://localhost:" + port + "/stomp");
        script = replace(script, "login = \"\"", "login = \"" + login + "\"");
        script = replace(script, "passcode = \"\"", "passcode = \"" + passcode + "\"");
        return replace(script, "test_...", destination);
    }

    private static String replace(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new AssertionError("the talk does not say " + what);
        }
        return text.replace(what, by);
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
