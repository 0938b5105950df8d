package gatepost.events.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatepost.contracts.events.EventType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventNoteTest {

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(EventType type) {
        EventNote note = new EventNote(type, Long.MAX_VALUE, 1_700_000_000_000L, "{\"a\":1}");
        assertEquals(Optional.of(note), EventNote.of(note.bytes()));
        EventName name = new EventName("app-1", type, "epoch.17");
        assertEquals(Optional.of(name), EventName.parse(EventName.of("app-1", type, "epoch.17")));
    }

    @Test
    void anUsualEventFitsWhereTheStorePacksThem() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("destination", "/queue/user.0b52d1f5-3b0a-4dbb-a22b-8f3b4c7c54a2");
        facts.put("epoch", "5f3c9a1b7d2e4f60");
        facts.put("offset", 123_456_789_012L);
        facts.put("id", "0b52d1f5-3b0a-4dbb-a22b-8f3b4c7c54a2");
        facts.put("sent", 1_700_000_000_000L);
        assertTrue(new EventNote(EventType.MESSAGE_UNDELIVERED, 1, 1, Facts.json(facts)).bytes().length <= 255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event:app:", "event::open:x", "event:app:message.done", "event:app:no.such.1", "other", ""})
    void otherNamesAreNone(String name) {
        assertEquals(Optional.empty(), EventName.parse(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "\"\\\u0000\n\u007f", "ü€😀", "\ud83d", "\ude00x", "</script>"})
    void textIsJsonWhateverIsInIt(String text) throws IOException {
        JsonNode read = new ObjectMapper()
                .readTree(new EventNote(EventType.MESSAGE_DONE, 1, 0, Facts.json(Map.of("id", text))).told(text));
        assertEquals(text, read.get("data").get("id").textValue());
        assertEquals(text, read.get("data").get("user").textValue());
        assertEquals("1970-01-01T00:00:00.000Z", read.get("timestamp").textValue());
    }

    @Test
    void idsTellEventsApartAndHoldNoDot() {
        String id = EventId.of(EventType.MESSAGE_DONE, "user.alice", "e.1");
        assertTrue(id.matches("[a-z0-9_]{1,255}"));
        assertEquals(id, EventId.of(EventType.MESSAGE_DONE, "user.alice", "e.1"));
        assertNotEquals(id, EventId.of(EventType.MESSAGE_DONE, "user.alice", "e.2"));
        assertNotEquals(id, EventId.of(EventType.MESSAGE_DONE, "user.bob", "e.1"));
        assertNotEquals(id, EventId.of(EventType.MESSAGE_EXPIRED, "user.alice", "e.1"));
    }
}
