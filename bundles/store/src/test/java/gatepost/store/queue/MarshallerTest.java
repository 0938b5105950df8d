package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;

class MarshallerTest {

    private final Marshaller marshaller = new Marshaller();

    @Test
    void theBytesAreThoseOfTheFormatThatReadsThem() throws IOException {
        for (int size : new int[] {0, 10, 100_000, 3 << 20, 10}) {
            Message message = message(size);

            ByteSequence bytes = marshaller.marshal(message);

            assertArrayEquals(content(Marshaller.format().marshal(message)), content(bytes), size + " bytes of a body");
            Message found = (Message) Marshaller.format().unmarshal(bytes);
            assertEquals(message.getMessageId(), found.getMessageId());
            assertEquals(size, found.getContent().getLength());
        }
    }

    @Test
    void theBufferIsUsedAgainAndALargeOneGivenUp() throws IOException {
        byte[] first = marshaller.marshal(message(10)).getData();
        assertSame(first, marshaller.marshal(message(1_000)).getData());
        assertTrue(marshaller.marshal(message(3 << 20)).getData().length > 3 << 20);
        assertTrue(marshaller.marshal(message(10)).getData().length < 10_000);
    }

    private static Message message(int size) {
        Message message = Sent.message("user.alice", 1);
        message.setContent(new ByteSequence(new byte[size]));
        return message;
    }

    private static byte[] content(ByteSequence bytes) {
        return Arrays.copyOfRange(bytes.getData(), bytes.getOffset(), bytes.getOffset() + bytes.getLength());
    }
}
