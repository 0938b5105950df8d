package gatepost.transport;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.ConnectorServer;
import gatepost.contracts.ConnectorTransport;
import gatepost.contracts.InboxNames;
import gatepost.contracts.Scheme;
import gatepost.contracts.http.HttpApi;
import gatepost.metrics.health.HealthCheck;
import gatepost.transport.channel.StompTransportServer;
import gatepost.transport.metrics.EventLoopLag;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.SharedResources;
import gatepost.transport.session.UserShares;
import gatepost.transport.warmup.WarmUp;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The transport of STOMP over TCP and WebSocket, as a service for the broker's connectors. All its threads are made here: a few
 * event loops for all sockets, and a pool that serves frames and may wait for the disk.
 */
@Component(service = ConnectorTransport.class, configurationPid = StompTransportFactory.PID)
@Designate(ocd = TransportDefinition.class)
public final class StompTransportFactory implements ConnectorTransport {

    public static final String PID = "gatepost.transport";

    /** Frames that are being served at the same time; each may wait for the disk, and one sync of it serves many. */
    private static final int SERVING_THREADS = 64;
    /** Sessions that are ended at the same time although their own threads do not come back. */
    private static final int ENDING_THREADS = 4;

    private static final long STOP_SECONDS = 5;

    private final EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("gatepost-io", true),
            NioIoHandler.newFactory());
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            SERVING_THREADS,
            SERVING_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("gatepost-session", true));

    private final ThreadPoolExecutor endings = new ThreadPoolExecutor(
            ENDING_THREADS,
            ENDING_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("gatepost-ending", true));

    private final SharedResources shared;

    /** They come and go while connections are open. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InboxNames inboxes;

    /** It comes and goes, too. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile HttpApi api;

    private final ServiceRegistration<HealthCheck> health;
    // what it does is counted where nobody looks
    private final WarmUp warmUp = new WarmUp(eventLoops, pool, new TransportMetrics(new OpenSockets()));
    private final ConfigurationReports reports;

    @Activate
    public StompTransportFactory(
            @Reference TransportMetrics metrics,
            @Reference ConfigurationReports reports,
            BundleContext context,
            Map<String, Object> properties)
            throws ConfigurationProblems {
        this.reports = reports;
        this.shared = new SharedResources(
                pool,
                endings,
                metrics,
                new UserShares(eventLoops),
                () -> Optional.ofNullable(api),
                () -> Optional.ofNullable(inboxes));
        this.health = context.registerService(
                HealthCheck.class,
                new EventLoopLag(eventLoops, metrics),
                new Hashtable<>(Map.of(HealthCheck.NAME, "event-loops")));
        pool.allowCoreThreadTimeOut(true);
        endings.allowCoreThreadTimeOut(true);
        warmUp.connections(TransportSettings.of(Map.of()).warmUpConnections());
        configure(properties);
        warmUp.start();
    }

    @Modified
    void configure(Map<String, Object> properties) {
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        try {
            warmUp.connections(TransportSettings.of(properties).warmUpConnections());
            reports.taken(PID, file, "");
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
        }
    }

    @Deactivate
    void deactivate() {
        warmUp.stop();
        health.unregister();
        eventLoops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        pool.shutdown();
        endings.shutdown();
        reports.removed(PID);
    }

    @Override
    public Set<Scheme> schemes() {
        return EnumSet.allOf(Scheme.class);
    }

    @Override
    public ConnectorServer bind(URI location) {
        return new StompTransportServer(location, eventLoops, shared);
    }
}
