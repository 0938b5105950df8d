package gatepost.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Program;
import gatepost.itests.harness.library.Ruby;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Work on a message that goes on while the connection breaks and comes back, and is acknowledged then: stomp.py and ruby-stomp come
 * back by themselves, and send what their application says of the old message over the new connection.
 */
@ExtendWith(Suite.class)
class LateAckIT {

    private static final Path SCRIPTS = Path.of("src/test/late");

    private final Gatepost gatepost = Suite.gatepost();

    @ParameterizedTest
    @CsvSource({"ruby, late.rb", "/usr/bin/python3, late.py"})
    void anAckOfAMessageOfAnEarlierConnectionSettlesNothingAndEndsNothing(String interpreter, String script) {
        String queue = "/queue/app." + script;
        Ruby.publishAll(gatepost.stompPort(), queue, "A", "B", "C");
        try (Program worker =
                Program.start(SCRIPTS, Map.of(), List.of(interpreter, script, "" + gatepost.stompPort(), queue))) {
            expect(worker, "A");
            JsonNode old = expect(worker, "B");
            expect(worker, "C");
            worker.send("0");
            assertEquals("null", answer(worker).path("settled").asText("null"), "A is done");

            gatepost.shell("gatepost:session-close --user system");
            JsonNode again = expect(worker, "B");
            expect(worker, "C");
            assertNotEquals(old.get("ack"), again.get("ack"));

            worker.send("1"); // the work on the old B has ended
            assertEquals("false", answer(worker).path("settled").asText());
            Ruby.publishAll(gatepost.stompPort(), queue, "D");
            expect(worker, "D"); // and nothing before it: this connection lives
            worker.send("3"); // the new B is not settled yet
            assertEquals("null", answer(worker).path("settled").asText("null"), "the new B is done");
        }
        assertEquals(List.of("C", "D"), Queues.drain(gatepost, queue));
    }

    private static JsonNode expect(Program worker, String body) {
        JsonNode message = answer(worker);
        assertEquals(body, message.path("body").asText(), message.toString());
        return message;
    }

    private static JsonNode answer(Program worker) {
        return Json.read(worker.line());
    }
}
