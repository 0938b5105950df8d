package gatepost.console.monitor;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of a {@link ProbeServer}, of which there is room for {@value #MOST}. One more ends that which has waited longest: a
 * stranger who holds connections open keeps no probe out. Belongs to one event loop.
 */
final class ProbeConnections {

    static final int MOST = 64;

    private final Set<Channel> waiting = new LinkedHashSet<>();

    /** One has come, or was answered. */
    void waits(Channel channel) {
        waiting.remove(channel);
        waiting.add(channel);
        if (waiting.size() > MOST) {
            waiting.iterator().next().close();
        }
    }

    void gone(Channel channel) {
        waiting.remove(channel);
    }
}
