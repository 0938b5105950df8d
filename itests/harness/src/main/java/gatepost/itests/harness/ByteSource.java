package gatepost.itests.harness;

import java.io.IOException;

/** The stream of STOMP bytes that a server sends, whatever it is wrapped into. */
interface ByteSource {

    /**
     * @return the next byte, or -1 at the end
     * @throws java.net.SocketTimeoutException when none comes until the deadline; the source can be read on
     */
    int read(Deadline deadline) throws IOException;

    /** @return whether the byte read last came in a binary message */
    boolean binary();

    /** @return the number of the message that the byte read last came in, always the same where there are none */
    int message();
}
