package gatepost.contracts.http;

/**
 * The body of the call has to be read.
 *
 * @param next is asked once it is whole
 */
public record HttpBody(Next next) implements HttpStep {

    /** What is done with a body. */
    @FunctionalInterface
    public interface Next {

        /**
         * On the session's thread, where it may wait for the disk.
         *
         * @param body the whole of it, which is taken over
         * @throws CallRefused which the client is told
         */
        HttpStep take(byte[] body) throws CallRefused;
    }
}
