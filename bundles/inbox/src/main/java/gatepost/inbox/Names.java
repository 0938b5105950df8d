package gatepost.inbox;

import gatepost.contracts.IdentityRefused;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.TraceContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/**
 * The names under which its sender has sent a message. Immutable.
 *
 * @param body what tells this message from another one: bytes of a hash of its content
 */
record Names(Optional<Key> id, Optional<String> once, Optional<Key> collapse, byte[] body) {

    /** Bytes of a hash: more than anybody can look through, for one name of another's. */
    private static final int PART = 12;

    private static final int BODY = 16;

    /**
     * A name of its sender's: another sender's may be the same.
     *
     * @param prefix the same for all senders
     */
    record Key(String text, String prefix, String sender) {

        static Key of(String text, String sender) {
            return new Key(text, hash(text), hash(sender == null ? "" : sender));
        }

        /** @return a name that is no other's and has always the same length */
        String key() {
            return prefix + sender;
        }

        private static String hash(String text) {
            byte[] all = digest().digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(all, PART));
        }
    }

    /** @return nothing for a message that has none of them, as most have */
    static Optional<Names> of(Message message) throws IOException {
        String id = text(message, InboxHeaders.ID);
        String once = text(message, InboxHeaders.ONCE);
        String collapse = text(message, InboxHeaders.COLLAPSE);
        if (id == null && once == null && collapse == null) {
            return Optional.empty();
        }
        String sender = message.getUserID();
        return Optional.of(new Names(
                Optional.ofNullable(id).map(name -> Key.of(name, sender)),
                Optional.ofNullable(once),
                Optional.ofNullable(collapse).map(name -> Key.of(name, sender)),
                hash(message.getContent())));
    }

    /** @return the name of that kind, {@code null} for none */
    static String text(Message message, String kind) throws IOException {
        Object value = message.getProperty(kind);
        return value == null ? null : value.toString();
    }

    /** @return the trace that its sender said it belongs to; what is malformed is none */
    static Optional<TraceContext> trace(Message message) throws IOException {
        return TraceContext.of(text(message, TraceContext.PARENT), text(message, TraceContext.STATE));
    }

    /** @throws IdentityRefused when what came under this id before has another body than that */
    void requireSame(byte[] before) throws IdentityRefused {
        if (!Arrays.equals(before, body)) {
            throw new IdentityRefused("gatepost-id:" + id.orElseThrow().text()
                    + " was sent before with another body: expected the same, or another id");
        }
    }

    /** @return the offset of the one in whose place a message came, 0 for none */
    static long replaces(Message message) throws IOException {
        return message.getProperty(InboxHeaders.REPLACES) instanceof Long offset ? offset : 0;
    }

    /** Says in a message in whose place it comes, before it is stored. */
    static void replaces(Message message, long offset) throws IOException {
        message.setProperty(InboxHeaders.REPLACES, offset);
        message.beforeMarshall(null);
    }

    private static byte[] hash(ByteSequence content) {
        MessageDigest digest = digest();
        if (content != null) {
            digest.update(content.getData(), content.getOffset(), content.getLength());
        }
        return Arrays.copyOf(digest.digest(), BODY);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
