package gatepost.transport.session;

import io.netty.channel.Channel;
import io.netty.util.ReferenceCounted;

/**
 * The answers to a client's PINGs. One is on its way at a time and one is owed at most, so that a client which only asks and never
 * reads makes us keep nothing. Event loop only.
 */
final class PingAnswers {

    private final Channel channel;
    private final Runnable written;
    private ReferenceCounted owed;
    private boolean onItsWay;

    /** @param written called when the socket has taken one */
    PingAnswers(Channel channel, Runnable written) {
        this.channel = channel;
        this.written = written;
    }

    /** Takes the place of one that is owed. */
    void owe(ReferenceCounted pong) {
        drop();
        owed = pong;
    }

    /** Writes what is owed, without a flush, if it may go. */
    boolean write() {
        if (owed == null || onItsWay || !channel.isWritable()) {
            return false;
        }
        ReferenceCounted pong = owed;
        owed = null;
        onItsWay = true;
        channel.write(pong).addListener(future -> {
            onItsWay = false;
            if (future.isSuccess()) {
                written.run();
            }
        });
        return true;
    }

    /** Nothing is owed any more. */
    void drop() {
        if (owed != null) {
            owed.release();
            owed = null;
        }
    }
}
