package gatepost.itests.events;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.library.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** npm's {@code standardwebhooks}, which checks signatures as receivers do. */
final class Signatures {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private Signatures() {}

    /** Fails unless each signature is right, and there is at least one. */
    static void verify(String secret, List<Call> calls) {
        install();
        try (Program program = Program.start(MODULE, Map.of(), List.of("node", "src/node/verify.mjs"))) {
            calls.forEach(call -> program.send(call.line(secret)));
            program.finish();
            String said = program.line();
            if (calls.isEmpty() || !said.equals("verified " + calls.size())) {
                throw new AssertionError(said + " of " + calls.size());
            }
        }
    }

    private static synchronized void install() {
        Path installed = MODULE.resolve("node_modules/.package-lock.json");
        try {
            Files.createDirectories(MODULE.resolve("target"));
            try (FileChannel channel = FileChannel.open(
                            MODULE.resolve("target/npm.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.exists(installed)
                        || Files.getLastModifiedTime(installed)
                                        .compareTo(Files.getLastModifiedTime(MODULE.resolve("package-lock.json")))
                                < 0) {
                    Command.run(MODULE, Map.of(), "npm", "ci", "--prefer-offline", "--ignore-scripts");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
