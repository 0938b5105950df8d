package gatepost.console.web;

import gatepost.console.Console;
import gatepost.contracts.ConnectorAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Knows where clients connect to: the open connectors, or for pages what the operator says. Safe for use by several threads. */
@Component(service = Connectors.class)
public final class Connectors {

    /** Of connectors that are reached by every name of this machine. */
    private static final Set<String> ANY =
            Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]", "localhost", "127.0.0.1", "[::1]");

    private static final List<String> SCHEMES = List.of("ws", "wss");

    private final Console console;
    private final List<ConnectorAddress> open = new CopyOnWriteArrayList<>();

    @Activate
    public Connectors(@Reference Console console) {
        this.console = console;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "closed")
    void opened(ConnectorAddress address) {
        open.add(address);
    }

    void closed(ConnectorAddress address) {
        open.remove(address);
    }

    /**
     * @param request for the page, whose host a connector has to be on, too: that is the origin that it lets in
     * @return such as {@code ws://localhost:61614/stomp}; empty when nothing is open
     */
    public Optional<String> webSocket(HttpServletRequest request) {
        Optional<URI> set = console.settings().webSocket();
        return set.isPresent()
                ? set.map(URI::toString)
                : forPages()
                        .flatMap(address -> Origin.host(request).map(host -> at(address.uri(), host) + address.path()));
    }

    /**
     * Where the pages call Gatepost over HTTP: on the same host and port as {@link #webSocket}, which is all that their security policy
     * lets them reach.
     *
     * @return such as {@code http://localhost:61614/gatepost}; empty when nothing is open, or no connector takes calls
     */
    public Optional<String> calls(HttpServletRequest request) {
        return webSocket(request)
                .flatMap(webSocket -> forPages()
                        .filter(address -> !address.httpPath().isEmpty())
                        .map(address -> {
                            URI uri = URI.create(webSocket);
                            return uri.getScheme().replaceFirst("^ws", "http") + "://" + uri.getRawAuthority()
                                    + address.httpPath();
                        }));
    }

    private Optional<ConnectorAddress> forPages() {
        return open.stream()
                .filter(address -> SCHEMES.contains(address.uri().getScheme()))
                .min(Comparator.comparing((ConnectorAddress address) ->
                                SCHEMES.indexOf(address.uri().getScheme()))
                        .thenComparing(address -> address.uri().toString()));
    }

    private static String at(URI uri, String host) {
        return uri.getScheme() + "://" + (ANY.contains(uri.getHost()) ? host : uri.getHost()) + ":" + uri.getPort();
    }
}
