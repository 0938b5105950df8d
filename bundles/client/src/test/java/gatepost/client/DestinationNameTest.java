package gatepost.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationNameTest {

    @ParameterizedTest
    @CsvSource({
        "user.alice, /queue/user.alice",
        "queue://user.alice, /queue/user.alice",
        "topic://news, /topic/news",
        "/queue/user.alice, /queue/user.alice",
        "/topic/news, /topic/news",
        "user.bob@example.com, /queue/user.bob@example.com",
        "queue://user.>, /queue/user.>"
    })
    void aBareNameIsAQueue(String written, String stomp) {
        assertEquals(stomp, DestinationName.stomp(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "queue://", "temp-queue://x", "/temp-queue/x", "a b", "a\nb", "file:///etc/passwd"})
    void anythingElseIsRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> DestinationName.stomp(written));
    }
}
