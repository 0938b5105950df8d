package gatepost.routes.http;

import java.io.IOException;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Serves {@code platform-http:}: one socket for the routes of all files, open while there is such a route. While it cannot be
 * opened the routes are there and wait. Safe for use by several threads.
 */
public final class HttpListener extends ServiceSupport implements PlatformHttpEngine {

    /** Is told when the port cannot be had, once, and when it can be again. */
    public interface Port {

        /** @param why in the system's words */
        void cannotListen(HttpSettings settings, String why);

        void listensAgain();
    }

    private static final Port NOBODY_ASKS = new Port() {
        @Override
        public void cannotListen(HttpSettings settings, String why) {
            // seen by whoever connects
        }

        @Override
        public void listensAgain() {
            // seen by whoever connects
        }
    };

    private final Port port;
    private final Paths paths = new Paths();
    private final HttpCounts counts = new HttpCounts();
    private volatile HttpSettings settings;
    private HttpServer server;
    private boolean inTrouble;

    public HttpListener(HttpSettings settings) {
        this(settings, NOBODY_ASKS);
    }

    public HttpListener(HttpSettings settings, Port port) {
        this.settings = settings;
        this.port = port;
    }

    /** Listens elsewhere from now on, if it listens at all; what else has changed is for requests that come from now on. */
    public synchronized void change(HttpSettings changed) {
        boolean moved = !changed.address().equals(settings.address()) || changed.port() != settings.port();
        settings = changed;
        if (moved) {
            shut();
            listen();
        }
    }

    /** Listens where it should and does not. Called once in a while: who has taken the port may have given it back. */
    public synchronized void listen() {
        if (server != null || paths.isEmpty()) {
            return;
        }
        try {
            server = new HttpServer(() -> settings, paths, counts);
            if (inTrouble) {
                inTrouble = false;
                port.listensAgain();
            }
        } catch (IOException e) {
            if (!inTrouble) {
                inTrouble = true;
                port.cannotListen(settings, e.getMessage());
            }
        }
    }

    public HttpCounts counts() {
        return counts;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new HttpRoute(endpoint, processor, this);
    }

    @Override
    public int getServerPort() {
        return settings.port();
    }

    /** @throws IOException when another route has the path */
    synchronized void add(HttpRoute route) throws IOException {
        if (!paths.add(route)) {
            throw new IOException("the path " + route.path() + " is taken by another route");
        }
        listen();
    }

    synchronized void remove(HttpRoute route) {
        paths.remove(route);
        if (paths.isEmpty()) {
            shut();
        }
    }

    private void shut() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
