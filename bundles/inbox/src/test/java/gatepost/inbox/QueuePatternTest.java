package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePatternTest {

    @ParameterizedTest
    @CsvSource({
        "queue://user.{user},       user.alice,     alice",
        "queue://user.{user},       user.a.b,       a.b",
        "queue://user.{user},       user.,          ",
        "queue://user.{user},       user,           ",
        "queue://user.{user},       users.alice,    ",
        "queue://user.{user},       app.inbox,      ",
        "queue://{user},            alice,          alice",
        "queue://{user},            a.b,            a.b",
        "queue://{user}.inbox,      alice.inbox,    alice",
        "queue://{user}.inbox,      a.b.inbox,      ",
        "queue://{user}.inbox,      .inbox,         ",
        "queue://shop.{user}.news,  shop.bob.news,  bob",
        "queue://shop.{user}.news,  shop.news,      ",
        "queue://shop.{user}.news,  shop..news,     ",
    })
    void theOwnerStandsAtUser(String pattern, String queue, String owner) {
        assertEquals(
                Optional.ofNullable(owner),
                QueuePattern.of(pattern, QueuePattern.USER).name(queue));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user.{user}                | expected queue:// and a name with {user}",
                "topic://user.{user}        | expected queue:// and a name with {user}",
                "queue://user               | expected exactly one {user}",
                "queue://{user}.{user}      | expected exactly one {user}",
                "queue://user{user}         | expected {user} to be a whole segment of the name",
                "queue://user.{user}x       | expected {user} to be a whole segment of the name",
                "queue://user.*.{user}      | expected no wildcard, comma, question mark, white space or control character",
                "queue://user.{user}.>      | expected no wildcard, comma, question mark, white space or control character",
                "queue://a,b.{user}         | expected no wildcard, comma, question mark, white space or control character",
                "queue://a b.{user}         | expected no wildcard, comma, question mark, white space or control character",
                "queue://a..{user}          | expected no empty segment",
                "queue://{user}.            | expected no empty segment",
            })
    void whatIsNoPatternIsRefusedWithWhatWasExpected(String text, String reason) {
        assertEquals(
                reason,
                assertThrows(IllegalArgumentException.class, () -> QueuePattern.of(text, QueuePattern.USER))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "user.{user},       user.{user},        true",
        "user.{user},       shop.{user},        false",
        "user.{user},       user.vip.{user},    true",
        "user.{user},       users.{user},       false",
        "{user},            user.{user},        true",
        "user.{user}.news,  user.{user}.mail,   false",
        "user.{user}.news,  user.{user},        true",
        "user.a.b.{user},   user.{user}.news,   false",
        "a.{user}.x.y,      a.b.{user}.y,       true",
        "a.{user}.x,        a.b.{user}.y.x,     false",
        "{user}.news,       shop.{user}.news,   false",
    })
    void twoThatCouldMeetAreKnown(String one, String other, boolean meet) {
        QueuePattern first = QueuePattern.of("queue://" + one, QueuePattern.USER);
        QueuePattern second = QueuePattern.of("queue://" + other, QueuePattern.USER);
        assertEquals(meet, first.mayMeet(second));
        assertEquals(meet, second.mayMeet(first));
    }

    @Test
    void aSingleQueueHasAPlainName() {
        assertEquals("all.users", QueuePattern.single("queue://all.users"));
        for (String text :
                new String[] {"everyone", "topic://a", "queue://", "queue://a.", "queue://a.*", "queue://{user}"}) {
            assertThrows(IllegalArgumentException.class, () -> QueuePattern.single(text), text);
        }
    }

    @Test
    void itIsWrittenAsItWasRead() {
        for (String text : new String[] {"queue://user.{user}", "queue://{user}", "queue://a.{user}.b.c"}) {
            assertEquals(text, QueuePattern.of(text, QueuePattern.USER).toString());
        }
        assertTrue(QueuePattern.of("queue://{user}", QueuePattern.USER).name("").isEmpty());
    }
}
