package gatepost.itests.ruby;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatepost.itests.harness.library.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An application in Ruby with the installed gem, {@code src/test/ruby/driver.rb}. For one thread. */
final class Application implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Program program;

    /** @param settings variables of the environment besides those that lead to the gem and to Gatepost */
    Application(Map<String, String> settings) {
        Map<String, String> environment = Suite.environment();
        environment.putAll(settings);
        program = Program.start(Path.of("src/test/ruby"), environment, List.of("ruby", "-w", "driver.rb"));
    }

    /** @return what a line of Ruby gives, as JSON has it; it may not fail */
    JsonNode ask(String line) {
        begin(line);
        return answer();
    }

    /** Says a line and does not wait for what comes of it. */
    void begin(String line) {
        program.send(line);
    }

    /** @return what came of the line that was begun first */
    JsonNode answer() {
        JsonNode said = said();
        if (!said.has("value")) {
            throw new AssertionError(said.toString());
        }
        return said.get("value");
    }

    /** @return the error of a line that has to fail: {@code error}, {@code message}, {@code status} and {@code field} */
    JsonNode refused(String line) {
        program.send(line);
        JsonNode said = said();
        if (!said.has("error")) {
            throw new AssertionError(line + " was done: " + said);
        }
        return said;
    }

    private JsonNode said() {
        String line = program.line();
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
