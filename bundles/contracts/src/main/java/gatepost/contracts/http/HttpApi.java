package gatepost.contracts.http;

import java.util.Map;

/** A service: answers the HTTP calls that come to the connectors. The connector has read the head of a call and nothing more. */
public interface HttpApi {

    /** What serves a call that it knows; made for each. */
    interface Call {

        /** @return whether it is begun without a session: everybody may have the answer, or it becomes {@link HttpEvents} */
        boolean isPublic();

        /**
         * Judges a call by its head. On the session's thread, where it may wait for the disk; for a public one on an event loop, where
         * it must not.
         *
         * @param session of whoever calls; {@code null} for a public call
         * @throws CallRefused which the client is told
         */
        HttpStep begin(CallSession session) throws CallRefused;
    }

    /**
     * Never blocks.
     *
     * @throws CallRefused for what is not there, whoever asks
     */
    Call find(HttpHead head) throws CallRefused;

    /**
     * Never blocks.
     *
     * @param name {@code message}; {@code begin}, which says where a stream begins; or {@code end}, which says why it ends
     * @param headers as of the frame (STOMP 1.2) that says the same
     * @param body as of the same; not to be changed
     * @return what the event says, on one line
     */
    byte[] event(String name, Map<String, String> headers, byte[] body);

    /** @return how a client is told; never blocks */
    HttpAnswer answer(CallRefused refused);
}
