package gatepost.transport.session;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.transport.frame.FrameLimits;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;

/** What a client sends over HTTP may be as large as a SEND frame: it has to fit into the MESSAGE frames that come of it. */
final class MessageSize {

    private MessageSize() {}

    /** @throws CallRefused naming what there is too much of */
    static void require(FrameLimits limits, Map<String, String> headers, byte[] body) throws CallRefused {
        if (headers.size() > limits.headers()) {
            throw tooLarge("a message may have " + limits.headers() + " headers");
        }
        long size = body.length;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            // with the colon between them, as a line of a frame
            int line = ByteBufUtil.utf8Bytes(header.getKey()) + 1 + ByteBufUtil.utf8Bytes(header.getValue());
            if (line > limits.headerLength()) {
                throw tooLarge("a header of a message may have " + limits.headerLength() + " bytes");
            }
            size += line;
        }
        if (size > limits.frameSize()) {
            throw tooLarge("a message may have " + limits.frameSize() + " bytes");
        }
    }

    private static CallRefused tooLarge(String message) {
        return new CallRefused(Reason.TOO_LARGE, message);
    }
}
