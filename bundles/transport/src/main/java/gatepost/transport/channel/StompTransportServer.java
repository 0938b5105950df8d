package gatepost.transport.channel;

import gatepost.contracts.ConnectorServer;
import gatepost.contracts.OptionRefused;
import gatepost.contracts.Scheme;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.session.SharedResources;
import gatepost.transport.tls.TlsContext;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.apache.activemq.command.BrokerInfo;
import org.apache.activemq.transport.Transport;
import org.apache.activemq.transport.TransportServerSupport;
import org.apache.activemq.util.ServiceStopper;
import org.osgi.service.cm.ConfigurationException;

/** Listens on one address for one scheme. Connections keep the options that they came under. */
public final class StompTransportServer extends TransportServerSupport implements ConnectorServer {

    private static final int BACKLOG = 1024;
    /** Little is handed to the socket at a time: what waits in the outbox can still be taken back when a session is cut. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private final URI location;
    private final Scheme scheme;
    private final EventLoopGroup eventLoops;
    private final SharedResources shared;
    private final Admission admission = new Admission();
    private volatile ConnectorOptions options;
    private volatile TlsContext tls;
    private volatile Channel channel;

    /**
     * @param eventLoops that serve its sockets
     */
    public StompTransportServer(URI location, EventLoopGroup eventLoops, SharedResources shared) {
        super(location);
        this.location = location;
        this.scheme = Scheme.of(location)
                .orElseThrow(() -> new IllegalArgumentException("no scheme of this transport: " + location));
        this.eventLoops = eventLoops;
        this.shared = shared;
    }

    @Override
    public void use(Map<String, Object> values) throws OptionRefused {
        try {
            use(ConnectorOptions.of(values));
        } catch (ConfigurationException e) {
            throw new OptionRefused(e.getProperty(), e.getReason(), e);
        }
    }

    /**
     * Says what connections that come from now on are allowed.
     *
     * @throws ConfigurationException naming the key whose file cannot be used
     */
    public void use(ConnectorOptions next) throws ConfigurationException {
        tls = isSslServer() ? new TlsContext(next) : null;
        options = next;
    }

    @Override
    public void setBrokerInfo(BrokerInfo brokerInfo) {
        // for discovery, which STOMP clients know nothing of
    }

    @Override
    public InetSocketAddress getSocketAddress() {
        Channel current = channel;
        return current == null ? null : (InetSocketAddress) current.localAddress();
    }

    @Override
    public boolean isSslServer() {
        return scheme.isTls();
    }

    @Override
    public long getMaxConnectionExceededCount() {
        return 0;
    }

    @Override
    public void resetStatistics() {
        // there are none here
    }

    @Override
    protected void doStart() throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(
                        new ConnectionInitializer(scheme, () -> options, () -> tls, admission, shared, this::accept));
        try {
            channel = bootstrap
                    .bind(location.getHost(), location.getPort())
                    .sync()
                    .channel();
        } catch (Exception e) {
            // sync() throws the event loop's own exception as it is, whether declared or not
            throw new IOException(e.getMessage(), e);
        }
        int port = getSocketAddress().getPort();
        setConnectURI(URI.create(scheme + "://" + location.getRawAuthority().replaceAll(":\\d+$", ":" + port)));
    }

    @Override
    protected void doStop(ServiceStopper stopper) {
        Channel current = channel;
        if (current != null) {
            current.close().awaitUninterruptibly();
            channel = null;
        }
    }

    private void accept(Transport transport) {
        getAcceptListener().onAccept(transport);
    }
}
