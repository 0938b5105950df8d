package gatepost.routes.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Serves {@code platform-http:} with the JDK's HTTP server: one socket for the routes of all files, open while there is such a
 * route.
 */
public final class HttpListener extends ServiceSupport implements PlatformHttpEngine {

    private static final int THREADS = 16;

    private final List<HttpRoute> routes = new CopyOnWriteArrayList<>();
    private HttpSettings settings;
    private HttpServer server;
    private ExecutorService threads;

    public HttpListener(HttpSettings settings) {
        this.settings = settings;
    }

    /** Listens elsewhere from now on, if it listens at all. */
    public synchronized void change(HttpSettings changed) throws IOException {
        boolean moved = !changed.address().equals(settings.address()) || changed.port() != settings.port();
        settings = changed;
        if (moved && server != null) {
            shut();
            listen();
        }
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new HttpRoute(endpoint, processor, this);
    }

    @Override
    public synchronized int getServerPort() {
        return settings.port();
    }

    /** @throws IOException when the socket cannot be opened */
    synchronized void add(HttpRoute route) throws IOException {
        Optional<HttpRoute> other = routes.stream().filter(route::isInTheWayOf).findFirst();
        if (other.isPresent()) {
            throw new IOException("the path " + route.path() + " is taken by another route");
        }
        if (server == null) {
            listen();
        }
        routes.add(route);
    }

    synchronized void remove(HttpRoute route) {
        routes.remove(route);
        if (routes.isEmpty()) {
            shut();
        }
    }

    synchronized int bodyMax() {
        return settings.bodyMax();
    }

    private void listen() throws IOException {
        try {
            server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
        } catch (IOException e) {
            throw new IOException("cannot listen for HTTP on " + settings.address() + ":" + settings.port() + ": "
                    + e.getMessage(), e);
        }
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "gatepost-routes-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private void shut() {
        if (server != null) {
            server.stop(0);
            threads.shutdown();
            server = null;
        }
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            boolean known = false;
            for (HttpRoute route : routes) {
                Optional<Map<String, String>> variables = route.pattern().match(path);
                known |= variables.isPresent();
                if (variables.isPresent() && route.serves(http.getRequestMethod())) {
                    route.serve(http, variables.get());
                    return;
                }
            }
            http.sendResponseHeaders(known ? 405 : 404, -1);
        }
    }
}
