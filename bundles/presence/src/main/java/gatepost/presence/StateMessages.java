package gatepost.presence;

import gatepost.contracts.Presence.State;
import gatepost.contracts.PresenceTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.util.ByteSequence;

/** Makes the messages that say what is so of somebody: each has an id that no other has, and is not changed any more. Any thread. */
final class StateMessages {

    /** The id of a producer, as message ids begin with one. */
    private final String producer = "gatepost-presence:" + UUID.randomUUID() + ":1:1";

    private final AtomicLong made = new AtomicLong();
    private final InstantSource clock;

    StateMessages(InstantSource clock) {
        this.clock = clock;
    }

    /** @return how many there were */
    long made() {
        return made.get();
    }

    Message of(State state) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setMessageId(new MessageId(producer, made.incrementAndGet()));
        message.setDestination(PresenceTopics.topic(state.user()));
        message.setPersistent(false);
        message.setTimestamp(clock.millis());
        message.setBrokerInTime(message.getTimestamp());
        message.setContent(new ByteSequence(json(state).getBytes(StandardCharsets.UTF_8)));
        try {
            message.setProperty("content-type", "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    /** @return the state as an object; of a name all that JSON cannot have as it stands are quotes and backslashes */
    static String json(State state) {
        String name = state.user().replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"user\":\"" + name + "\",\"online\":" + state.online() + ",\"since\":"
                + (state.since().isPresent() ? state.since().getAsLong() : "null") + "}";
    }
}
