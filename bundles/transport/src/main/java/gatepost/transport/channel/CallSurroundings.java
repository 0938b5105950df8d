package gatepost.transport.channel;

import gatepost.contracts.Client;
import gatepost.contracts.Page;
import gatepost.contracts.Scheme;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.http.Surroundings;
import gatepost.transport.metrics.ConnectionMeter;
import gatepost.transport.session.CallTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.transport.Transport;

/** What HTTP calls have in common with the other connections of a connector: who is let in, for how long, and how it is counted. */
final class CallSurroundings implements Surroundings {

    private final Scheme scheme;
    private final ConnectionMeter meter;
    private final Consumer<Transport> accept;

    /** @param accept hands a session to the broker */
    CallSurroundings(Scheme scheme, ConnectionMeter meter, Consumer<Transport> accept) {
        this.scheme = scheme;
        this.meter = meter;
        this.accept = accept;
    }

    @Override
    public Optional<LimitReached> refused(Channel channel) {
        return Optional.ofNullable(channel.attr(AdmissionHandler.REFUSED).get());
    }

    @Override
    public void began(ChannelPipeline pipeline) {
        pipeline.get(Deadline.class).pause();
        meter.calls();
    }

    @Override
    public void signedIn(ChannelPipeline pipeline) {
        pipeline.get(AdmissionHandler.class).signedIn();
    }

    @Override
    public void webSocket(ChannelPipeline pipeline) {
        Deadline deadline = pipeline.get(Deadline.class);
        deadline.begin(pipeline.context(deadline));
    }

    @Override
    public void events(ChannelPipeline pipeline, ChannelHandler stream) {
        ConnectionInitializer.withoutWebSocket(pipeline, stream);
    }

    @Override
    public boolean isTls() {
        return scheme.isTls();
    }

    @Override
    public String address(Channel channel, Page page) {
        return Peer.address(channel, scheme.isTls() ? "https" : "http", Optional.of(page));
    }

    @Override
    public Client caller(Channel channel, Page page) {
        return Peer.caller(channel, page);
    }

    @Override
    public void accept(CallTransport session) {
        accept.accept(session);
    }
}
