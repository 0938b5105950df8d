package gatepost.routes.camel;

import gatepost.camel.Hindered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of one version of one file, in a Camel context of their own: whatever they define or break, other files do not
 * notice. First it is built, which shows whether everything that the file names exists, then started, then stopped, once each.
 */
public final class FileContext {

    private static final Logger LOG = LoggerFactory.getLogger(FileContext.class);
    private static final String ACCOUNT = "gatepost-routes";

    private final DefaultCamelContext camel;
    private final SecretFunctions secrets;
    private final RouteCounts counts;

    private FileContext(String name, Surroundings surroundings) {
        secrets = new SecretFunctions(surroundings.home());
        counts = new RouteCounts(secrets::hide);
        camel = new DefaultCamelContext();
        camel.getCamelContextExtension().setName(name);
        camel.setApplicationContextClassLoader(DefaultCamelContext.class.getClassLoader());
        camel.setSourceLocationEnabled(true);
        camel.setAutoStartup(false);
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.getManagementStrategy().addEventNotifier(counts);
        camel.getRegistry().bind("platform-http-engine", surroundings.http());
        camel.addComponent("gatepost", surroundings.components().component(ACCOUNT));
        secrets.addTo(camel.getPropertiesComponent());
        ShutdownStrategy shutdown = camel.getShutdownStrategy();
        shutdown.setTimeUnit(TimeUnit.MILLISECONDS);
        shutdown.setTimeout(surroundings.stopTimeout().toMillis());
        shutdown.setLogInflightExchangesOnTimeout(false);
    }

    /**
     * Makes everything that a file describes, and starts none of it.
     *
     * @param name the file's name; its ending says which language it is in
     * @throws RouteFault when it cannot be parsed, holds no route, or names something that does not exist
     */
    public static FileContext build(String name, String text, Surroundings surroundings) throws RouteFault {
        return inCamel(() -> {
            FileContext context = new FileContext(name, surroundings);
            try {
                PluginHelper.getRoutesLoader(context.camel).loadRoutes(ResourceHelper.fromString(name, text));
                context.camel.start();
                if (context.camel.getRoutes().isEmpty()) {
                    throw new RouteFault(0, "there is no route in it");
                }
                return context;
            } catch (Exception e) {
                RouteFault fault = context.fault(e);
                context.stop();
                throw fault;
            }
        });
    }

    /**
     * Lets messages in.
     *
     * @throws RouteFault when one of its routes cannot be started; it is to be stopped then
     */
    public void start() throws RouteFault {
        inCamel(() -> {
            try {
                for (RouteDefinition route : inOrder(camel.getRouteDefinitions())) {
                    if (!Boolean.FALSE.equals(CamelContextHelper.parseBoolean(camel, route.getAutoStartup()))) {
                        camel.getRouteController().startRoute(route.getRouteId());
                    }
                }
                return null;
            } catch (Exception e) {
                throw fault(e);
            }
        });
    }

    private static List<RouteDefinition> inOrder(List<RouteDefinition> routes) {
        List<RouteDefinition> ordered = new ArrayList<>(routes);
        ordered.sort(Comparator.comparing(
                RouteDefinition::getStartupOrder, Comparator.nullsLast(Comparator.naturalOrder())));
        return ordered;
    }

    /** Lets no more messages in, waits for those that have been begun, and discards everything. */
    public void stop() {
        camel.stop();
    }

    /** Starts one route, which was stopped by hand. */
    public void start(String route) throws RouteFault {
        inCamel(() -> {
            try {
                camel.getRouteController().startRoute(route);
                return null;
            } catch (Exception e) {
                throw fault(e);
            }
        });
    }

    /** Stops one route, after the messages that it has begun. */
    public void stop(String route) throws RouteFault {
        try {
            camel.getRouteController().stopRoute(route);
        } catch (Exception e) {
            throw fault(e);
        }
    }

    /** @return its routes in the order of the file */
    public List<RouteState> routes() {
        List<RouteState> states = new ArrayList<>();
        for (Route route : camel.getRoutes()) {
            states.add(state(route));
        }
        return states;
    }

    private RouteState state(Route route) {
        String id = route.getRouteId();
        RouteCounts.Count count = counts.of(id);
        Optional<String> problem =
                route.getConsumer() instanceof Hindered consumer ? consumer.problem() : Optional.empty();
        ServiceStatus status = camel.getRouteController().getRouteStatus(id);
        boolean denied = status == ServiceStatus.Started && (problem.isPresent() || count.denied());
        return new RouteState(
                id,
                secrets.hide(URISupport.sanitizeUri(route.getEndpoint().getEndpointUri())),
                denied ? "Denied" : String.valueOf(status),
                count.completed(),
                count.failed(),
                camel.getInflightRepository().size(id),
                secrets.hide(problem.orElse(count.error())));
    }

    private RouteFault fault(Exception e) {
        if (e instanceof RouteFault fault) {
            return fault;
        }
        LOG.debug("{}", camel.getName(), e);
        return new RouteFault(FaultLine.of(e, camel), secrets.hide(Faults.reason(e)));
    }

    private interface Step<T> {
        T run() throws RouteFault;
    }

    /** Camel looks for components and type converters through the thread's class loader as well. */
    private static <T> T inCamel(Step<T> step) throws RouteFault {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(DefaultCamelContext.class.getClassLoader());
        try {
            return step.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
