package gatepost.transport.http;

import gatepost.contracts.Client;
import gatepost.contracts.Page;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.session.CallTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;

/** What of a connection is there besides HTTP, for whoever makes its pipeline. Event loop only. */
public interface Surroundings {

    /** @return why the connection is one too many, if it is */
    Optional<LimitReached> refused(Channel channel);

    /** A call has come, and with it the handshake is over. */
    void began(ChannelPipeline pipeline);

    /** Somebody has proved who they are. */
    void signedIn(ChannelPipeline pipeline);

    /** What comes next is no call, but a handshake. */
    void webSocket(ChannelPipeline pipeline);

    /** A stream of events takes the place of the WebSocket. */
    void events(ChannelPipeline pipeline, ChannelHandler stream);

    boolean isTls();

    /** @return of the client, as a URI */
    String address(Channel channel, Page page);

    /** @return what else is known of it, who only calls */
    Client caller(Channel channel, Page page);

    /** Hands a session to the broker. */
    void accept(CallTransport session);
}
