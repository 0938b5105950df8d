package gatepost.transport.channel;

import gatepost.transport.connector.ConnectorOptions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** First in the pipeline: counts the connection, and marks one that is too many so that it is refused once it can be told. */
final class AdmissionHandler extends ChannelInboundHandlerAdapter {

    /** Why the connection is refused; absent where it is not. */
    static final AttributeKey<String> REFUSED = AttributeKey.valueOf("gatepost.refused");

    private final Admission admission;
    private final ConnectorOptions options;
    private InetAddress address;
    private boolean refused;

    AdmissionHandler(Admission admission, ConnectorOptions options) {
        this.admission = admission;
        this.options = options;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        address = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
        Optional<String> reason = admission.enter(address, options.connections(), options.connectionsPerAddress());
        if (reason.isPresent()) {
            refused = true;
            if (!admission.refuse()) {
                ctx.close();
                return;
            }
            ctx.channel().attr(REFUSED).set(reason.get());
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (address != null) {
            admission.leave(address, refused);
            address = null;
        }
        ctx.fireChannelInactive();
    }
}
