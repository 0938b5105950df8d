package gatepost.itests.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row of the table of webhooks with which every verifier of ours is tried: {@code clients/ruby/test/webhooks.json}. */
record Webhooks(JsonNode row) {

    static List<Webhooks> rows() throws JsonProcessingException {
        List<Webhooks> rows = new ArrayList<>();
        new ObjectMapper()
                .readTree(Guide.read(Suite.ROOT.resolve("clients/ruby/test/webhooks.json")))
                .forEach(row -> rows.add(new Webhooks(row)));
        return rows;
    }

    boolean good() {
        return row.get("good").asBoolean();
    }

    String text(String member) {
        return row.get(member).asText();
    }

    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        row.get("secrets").forEach(secret -> secrets.add(secret.asText()));
        return secrets;
    }

    Map<String, String> environment() {
        return Map.of("ROW", row.toString(), "LANG", "C.UTF-8", "PYTHONDONTWRITEBYTECODE", "1");
    }

    @Override
    public String toString() {
        return text("says");
    }
}
