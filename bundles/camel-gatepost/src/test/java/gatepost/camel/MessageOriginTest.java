package gatepost.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class MessageOriginTest {

    private static final byte[] A = {'a'};
    private static final byte[] B = {'b'};

    @Test
    void theSameMessageGetsTheSameIdInEachAttemptWhateverTheOrder() {
        MessageOrigin first = new MessageOrigin("ID:1");
        MessageOrigin second = new MessageOrigin("ID:1");
        String a = first.id("/queue/x", A);
        String b = first.id("/queue/x", B);
        assertEquals(b, second.id("/queue/x", B));
        assertEquals(a, second.id("/queue/x", A));
    }

    @Test
    void whatIsMeantToComeTwiceHasTwoIds() {
        MessageOrigin origin = new MessageOrigin("ID:1");
        assertNotEquals(origin.id("/queue/x", A), origin.id("/queue/x", A));
    }

    @Test
    void otherMessagesAndDestinationsHaveOtherIds() {
        String id = new MessageOrigin("ID:1").id("/queue/x", A);
        assertNotEquals(id, new MessageOrigin("ID:2").id("/queue/x", A));
        assertNotEquals(id, new MessageOrigin("ID:1").id("/queue/y", A));
        assertNotEquals(id, new MessageOrigin("ID:1").id("/queue/x", B));
    }
}
