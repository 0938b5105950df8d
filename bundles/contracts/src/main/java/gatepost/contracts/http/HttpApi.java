package gatepost.contracts.http;

/** A service: answers the HTTP calls that come to the connectors. The connector has read the head of a call and nothing more. */
public interface HttpApi {

    /** What serves a call that it knows; made for each. */
    interface Call {

        /** @return whether everybody may have the answer, whoever they are */
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

    /** @return how a client is told; never blocks */
    HttpAnswer answer(CallRefused refused);
}
