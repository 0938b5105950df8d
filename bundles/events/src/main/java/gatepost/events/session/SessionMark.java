package gatepost.events.session;

import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.events.EventRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of a session for as long as it lasts, to be told of its end after a crash. It is a note called
 * {@code event::open:KEY}: that of a subscriber without a name, which nobody can have.
 *
 * @param since milliseconds since 1970
 * @param connector empty where it is not known
 * @param address may be empty
 */
record SessionMark(String id, long since, String connector, String address) {

    private static final String PREFIX = EventRecords.PREFIX + ":open:";
    private static final byte VERSION = 1;

    static SessionMark of(OpenSession session) {
        return new SessionMark(
                session.id(),
                session.since().toEpochMilli(),
                session.connector().orElse(""),
                session.address());
    }

    /** @return the key of a session's events: its id, in which there are colons */
    static String key(String id) {
        return id.replace(':', '_');
    }

    static String name(String key) {
        return PREFIX + key;
    }

    static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(id);
            out.writeLong(since);
            out.writeUTF(connector);
            out.writeUTF(address);
        } catch (IOException e) {
            throw new UncheckedIOException("it is written into memory", e);
        }
        return bytes.toByteArray();
    }

    /** @return nothing for what a later Gatepost has written */
    static Optional<SessionMark> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION
                    ? Optional.of(new SessionMark(in.readUTF(), in.readLong(), in.readUTF(), in.readUTF()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("session", id);
        facts.put("since", since);
        if (!connector.isEmpty()) {
            facts.put("connector", connector);
        }
        if (!address.isEmpty()) {
            facts.put("address", address);
        }
        return facts;
    }
}
