package gatepost.transport.channel;

import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** First in the pipeline: counts the connection, and marks one that is too many so that it is refused once it can be told. */
final class AdmissionHandler extends ChannelInboundHandlerAdapter {

    /** Why the connection is refused; absent where it is not. */
    static final AttributeKey<LimitReached> REFUSED = AttributeKey.valueOf("gatepost.refused");

    /** The connection has to make room for others: it is told why, if it can be. */
    record Expelled(LimitReached limit) {}

    private final Admission admission;
    private final ConnectorOptions options;
    private final TransportMetrics metrics;
    private Admission.Visitor visitor;
    private boolean refused;

    AdmissionHandler(Admission admission, ConnectorOptions options, TransportMetrics metrics) {
        this.admission = admission;
        this.options = options;
        this.metrics = metrics;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress address = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
        visitor = new Admission.Visitor(address, () -> ctx.executor().execute(() -> expel(ctx)));
        Optional<LimitReached> reason = admission.enter(visitor, options.admittance());
        if (reason.isPresent()) {
            refused = true;
            if (!admission.refuse()) {
                metrics.limitReached(reason.get().key());
                ctx.close();
                return;
            }
            ctx.channel().attr(REFUSED).set(reason.get());
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (visitor != null) {
            admission.leave(visitor, refused);
            visitor = null;
        }
        ctx.fireChannelInactive();
    }

    /** The client has signed in; event loop only. */
    void signedIn() {
        if (visitor != null) {
            admission.signedIn(visitor);
        }
    }

    private void expel(ChannelHandlerContext ctx) {
        ctx.fireUserEventTriggered(new Expelled(new LimitReached(
                "connections.anonymous.max",
                "too many connections: this connector " + "takes "
                        + options.admittance().anonymous()
                        + " that have not signed in, and this one has waited longest")));
    }
}
