package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;

class LingeringTest {

    private final Lingering lingering = new Lingering();

    @Test
    void whatEverybodyHasPassedGoes() {
        Message first = message(10);
        Message third = message(10);
        lingering.add(1, first);
        lingering.add(3, third);
        assertEquals(1, lingering.after(Long.MIN_VALUE));
        assertEquals(3, lingering.after(1));
        assertEquals(Long.MAX_VALUE, lingering.after(3));

        lingering.passed(2);

        assertNull(lingering.get(1));
        assertSame(third, lingering.get(3));
        lingering.passed(3);
        assertTrue(lingering.isEmpty());
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        for (int place = 1; place <= Lingering.MESSAGES; place++) {
            assertEquals(Long.MIN_VALUE, lingering.add(place, message(10)));
            assertEquals(Long.MIN_VALUE, lingering.add(place, message(10)));
        }

        assertEquals(1, lingering.add(Lingering.MESSAGES + 1, message(10)));
        assertEquals(2, lingering.add(Lingering.MESSAGES + 2, message(10)));
        assertEquals(3, lingering.after(Long.MIN_VALUE));
    }

    @Test
    void theOldestGoWhenTheyAreTooLarge() {
        lingering.add(1, message((int) Lingering.BYTES / 2));
        assertEquals(1, lingering.add(2, message((int) Lingering.BYTES / 2)));

        assertEquals(3, lingering.add(3, message((int) Lingering.BYTES + 1)));
        assertTrue(lingering.isEmpty());
    }

    private static Message message(int size) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setContent(new ByteSequence(new byte[size]));
        return message;
    }
}
