package gatepost.itests.examples;

import gatepost.itests.harness.library.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shell that is given one block of commands after another, and ends with the first command that fails. */
final class Shell implements AutoCloseable {

    private static final String DONE = "<this block is done>";

    private final Program program;

    /** @param command what starts it, with the option -e */
    Shell(Map<String, String> environment, List<String> command) {
        program = Program.start(Path.of(""), environment, command);
    }

    /**
     * @return what it printed
     * @throws AssertionError with what it wrote to the standard error, when a command fails
     */
    String run(String block) {
        program.send("{\n" + block + "\n} </dev/null\necho '" + DONE + "'");
        List<String> printed = new ArrayList<>();
        try {
            for (String line = program.line(); !line.equals(DONE); line = program.line()) {
                printed.add(line);
            }
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nin\n" + block + "\nwhich printed\n" + String.join("\n", printed), e);
        }
        return String.join("\n", printed);
    }

    /** Like {@link #run}, in a shell below this one: what it changes there, such as the folder, is forgotten. */
    String look(String block) {
        return run("(\n" + block + "\n)");
    }

    @Override
    public void close() {
        program.close();
    }
}
