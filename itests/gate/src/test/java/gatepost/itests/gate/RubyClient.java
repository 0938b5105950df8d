package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Program;
import gatepost.itests.harness.library.Ruby;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debian's ruby-stomp. */
final class RubyClient implements Client {

    private final Program ruby;
    private boolean refused;

    /** @param ruby of {@link Ruby#conversation}; its connection before this one is forgotten */
    RubyClient(Program ruby, int port, Account account) {
        this.ruby = ruby;
        JsonNode connected = ask(
                "connect",
                Map.of(
                        "settings",
                        new Ruby.Settings(List.of(port), account.login(), account.passcode(), "0,0", Map.of())));
        assertEquals("CONNECTED", connected.get("command").asText());
    }

    @Override
    public String subscribe(String destination, Map<String, String> headers) {
        return outcome(ask("subscribe", Map.of("destination", destination, "headers", headers)));
    }

    @Override
    public String send(String destination, String body, Map<String, String> headers) {
        return outcome(ask("send", Map.of("destination", destination, "body", body, "headers", headers)));
    }

    @Override
    public void begin(String transaction) {
        assertEquals(DONE, outcome(ask("begin", Map.of("transaction", transaction))));
    }

    @Override
    public void commit(String transaction) {
        assertEquals(DONE, outcome(ask("commit", Map.of("transaction", transaction))));
    }

    @Override
    public String message() {
        JsonNode frame = ask("receive", Map.of());
        assertEquals("MESSAGE", frame.get("command").asText());
        return frame.get("body").asText();
    }

    @Override
    public void expectEnd() {
        assertEquals("END", ask("receive", Map.of()).get("command").asText());
    }

    @Override
    public void close() {
        if (!refused) {
            ask("disconnect", Map.of());
        }
    }

    private String outcome(JsonNode frame) {
        if (frame.get("command").asText().equals("RECEIPT")) {
            return DONE;
        }
        refused = true;
        assertEquals("ERROR", frame.get("command").asText());
        return frame.get("body").asText();
    }

    private JsonNode ask(String action, Map<String, Object> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("action", action);
        ruby.send(Json.line(request));
        return Json.read(ruby.line());
    }
}
