package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Gatepost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in an inbox, by pages, and what its owner has seen, read and archived. */
@ExtendWith(Suite.class)
class HistoryIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);

    @Test
    void pagesFromTheOldestGoOnWithWhatComesMeanwhile() {
        publish(0, 25);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int next = 25;
        do {
            JsonNode page = page("order=oldest&limit=10" + cursor);
            seen.addAll(bodies(page));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
            if (next < 28) {
                publish(next, ++next);
            }
        } while (!cursor.isEmpty());
        // what came after the last page is for the next look
        assertEquals(numbers(0, 27), seen);
    }

    @Test
    void pagesFromTheNewestHaveNothingTwiceWhateverComesMeanwhile() {
        publish(0, 25);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int next = 25;
        do {
            JsonNode page = page("limit=10" + cursor);
            seen.addAll(bodies(page));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
            publish(next, ++next);
        } while (!cursor.isEmpty());
        List<String> expected = new ArrayList<>(numbers(0, 25));
        Collections.reverse(expected);
        assertEquals(expected, seen);
    }

    @Test
    void aPageOfLargeMessagesIsShort() {
        for (int i = 0; i < 5; i++) {
            Caller.PUBLISHER.publish(user, "x".repeat(400_000));
        }
        JsonNode first = page("order=oldest");
        assertEquals(3, first.get("messages").size());
        JsonNode second = page("order=oldest&cursor=" + first.get("next").asText());
        assertEquals(2, second.get("messages").size());
        assertFalse(second.has("next"), "there is nothing behind");
    }

    @Test
    void aCursorIsOfOneLog() {
        publish(0, 5);
        String cursor = page("limit=2").get("next").asText();
        gatepost.shell("gatepost:inbox-purge --yes " + user);
        publish(5, 8);
        Answer refused = owner.get("users/" + user + "/messages?limit=2&cursor=" + cursor)
                .expect(409);
        assertEquals("cursor", refused.field());
        assertEquals(List.of("7", "6"), bodies(page("limit=2")));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=x, limit",
        "order=up, order",
        "cursor=x, cursor",
        "cursor=x.1.o, cursor",
        "page=2, page",
        "inbox=other, inbox"
    })
    void aParameterThatCannotBeUsedIsNamed(String query, String field) {
        assertEquals(
                field,
                owner.get("users/" + user + "/messages?" + query).expect(422).field());
    }

    @Test
    void theSameParameterTwiceIsRefused() {
        owner.get("users/" + user + "/messages?limit=1&limit=2").expect(400);
    }

    @Test
    void whatWasSeenReadAndArchivedIsSaidOfAnInboxAndOfItsMessages() {
        publish(0, 4);
        JsonNode state = owner.get("users/" + user).expect(200).json();
        assertEquals(List.of(4, 4, 4), counts(state));
        String epoch = state.get("epoch").asText();
        long first = page("order=oldest").at("/messages/0/offset").asLong();
        long second = page("order=oldest").at("/messages/1/offset").asLong();

        put("{'epoch':'" + epoch + "','upTo':" + second + "}", 204);
        patch(first, "{'epoch':'" + epoch + "','read':true}", 204);
        patch(second, "{'epoch':'" + epoch + "','read':true,'archived':true}", 204);
        assertEquals(List.of(2, 2, 4), counts(owner.get("users/" + user).json()));
        JsonNode messages = page("order=oldest").get("messages");
        assertEquals("[\"read\"]", messages.at("/0/state").toString());
        assertEquals("[\"read\",\"archived\"]", messages.at("/1/state").toString());

        // what was so before is no fault
        patch(first, "{'epoch':'" + epoch + "','read':true}", 204);
        patch(first, "{'epoch':'" + epoch + "','read':false}", 204);
        assertEquals("[]", page("order=oldest").at("/messages/0/state").toString());
        // seen only rises
        put("{'epoch':'" + epoch + "','upTo':" + first + "}", 204);
        assertEquals(second, owner.get("users/" + user).json().get("seen").asLong());
    }

    @Test
    void anotherEpochChangesNothing() {
        publish(0, 1);
        long offset = page("").at("/messages/0/offset").asLong();
        assertEquals(
                "epoch", put("{'epoch':'other','upTo':" + offset + "}", 409).field());
        assertEquals(
                "epoch", patch(offset, "{'epoch':'other','read':true}", 409).field());
        assertEquals(List.of(1, 1, 1), counts(owner.get("users/" + user).json()));
    }

    @Test
    void whatIsNoMarkIsNamed() {
        publish(0, 1);
        assertEquals("upTo", put("{'epoch':'x'}", 422).field());
        assertEquals("epoch", put("{'upTo':1}", 422).field());
        assertEquals("upTo", put("{'epoch':'x','upTo':-1}", 422).field());
        assertEquals("archived", patch(1, "{'epoch':'x','archived':false}", 422).field());
        assertEquals("read", patch(1, "{'epoch':'x','read':1}", 422).field());
        patch(1, "{'epoch':'x'}", 422);
        owner.call("PATCH", "users/" + user + "/messages/x", "{'epoch':'x','read':true}")
                .expect(422);
    }

    @Test
    void anInboxOfWhichNobodyKnowsIsEmpty() {
        JsonNode state =
                Caller.ADMINISTRATOR.get("users/never-heard-of").expect(200).json();
        assertEquals(List.of(0, 0, 0), counts(state));
        assertEquals(
                0,
                Caller.ADMINISTRATOR
                        .get("users/never-heard-of/messages")
                        .expect(200)
                        .json()
                        .get("messages")
                        .size());
    }

    @Test
    void aMessageHasWhatItsSenderSaid() {
        Caller.PUBLISHER
                .post(
                        "messages",
                        "{'to':{'users':['" + user
                                + "']},'body':'x','id':'m','contentType':'text/plain','headers':{'k':'v'}}")
                .expect(200);
        Caller.PUBLISHER
                .post("messages", "{'to':{'users':['" + user + "']},'base64':'AP8Q'}")
                .expect(200);
        JsonNode messages = page("order=oldest").get("messages");
        JsonNode text = messages.get(0);
        assertEquals("x", text.get("body").asText());
        assertEquals("m", text.get("id").asText());
        assertEquals("app", text.get("from").asText());
        assertEquals("text/plain", text.get("contentType").asText());
        assertEquals("{\"k\":\"v\"}", text.get("headers").toString());
        assertTrue(text.get("timestamp").asLong() > 1_700_000_000_000L);
        assertEquals("AP8Q", messages.get(1).get("base64").asText());
    }

    private Answer put(String body, int status) {
        return owner.call("PUT", "users/" + user + "/seen", body).expect(status);
    }

    private Answer patch(long offset, String body, int status) {
        return owner.call("PATCH", "users/" + user + "/messages/" + offset, body)
                .expect(status);
    }

    private void publish(int from, int to) {
        numbers(from, to).forEach(text -> Caller.PUBLISHER.publish(user, text));
    }

    private JsonNode page(String query) {
        return owner.get("users/" + user + "/messages?" + query).expect(200).json();
    }

    private static List<Integer> counts(JsonNode state) {
        return List.of(
                state.get("unseen").asInt(),
                state.get("unread").asInt(),
                state.get("waiting").asInt());
    }

    private static List<String> bodies(JsonNode page) {
        JsonNode messages = page.get("messages");
        return IntStream.range(0, messages.size())
                .mapToObj(i -> messages.get(i).get("body").asText())
                .toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    @Test
    void aLookMakesNoInbox() {
        String nobody = Suite.user();
        JsonNode state = Caller.ADMINISTRATOR.get("users/" + nobody).expect(200).json();
        assertTrue(state.get("epoch").isNull());
        assertEquals(0, state.get("waiting").asInt());
        assertTrue(Caller.ADMINISTRATOR
                .get("users/" + nobody + "/messages")
                .expect(200)
                .json()
                .get("messages")
                .isEmpty());
        Caller.PUBLISHER
                .call("DELETE", "messages?user=" + nobody + "&id=x", null)
                .expect(404);
        assertFalse(Suite.gatepost().shell("gatepost:inbox-list --no-format").contains(nobody));
    }
}
