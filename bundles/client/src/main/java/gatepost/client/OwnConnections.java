package gatepost.client;

import gatepost.authentication.api.OwnAccount;
import gatepost.contracts.ConnectorAddress;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The connections of Gatepost's own accounts, over whatever connector of the scheme {@code stomp} is open: it is there while
 * authentication is, which hands out the accounts.
 */
@Component
public final class OwnConnections implements Connections {

    private static final Comparator<URI> LOOPBACK_FIRST = Comparator.comparing(
                    (URI uri) -> !uri.getHost().equals("127.0.0.1"))
            .thenComparing(URI::toString);

    private static final List<String> ACCOUNTS =
            List.of(OwnAccount.ROUTES, OwnAccount.WELCOME, OwnAccount.CONSOLE, OwnAccount.TRY);

    /** One thread is enough for all of them: nothing of theirs blocks. */
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("gatepost-client", true), NioIoHandler.newFactory());

    private final List<ConnectorAddress> addresses = new CopyOnWriteArrayList<>();
    private final Map<String, OwnAccount> accounts = new ConcurrentHashMap<>();
    private final Map<String, SharedConnection> connections =
            ACCOUNTS.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), this::made));

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC, unbind = "withdrawn")
    void offered(OwnAccount account) {
        accounts.put(account.name(), account);
        Optional.ofNullable(connections.get(account.name())).ifPresent(SharedConnection::wake);
    }

    void withdrawn(OwnAccount account) {
        accounts.remove(account.name(), account);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "closed")
    void opened(ConnectorAddress address) {
        addresses.add(address);
        connections.values().forEach(SharedConnection::wake);
    }

    void closed(ConnectorAddress address) {
        addresses.remove(address);
    }

    /** Those who still use a connection may finish what they began for two seconds after the last that they did. */
    @Deactivate
    void stop() {
        loops.shutdownGracefully();
    }

    @Override
    public Publisher publisher(String account) {
        return new ConnectionPublisher(connection(account));
    }

    @Override
    public SharedConnection connection(String account) {
        SharedConnection connection = connections.get(account);
        if (connection == null) {
            throw new IllegalArgumentException(
                    "there is no account " + account + ", expected one of " + connections.keySet());
        }
        return connection;
    }

    private SharedConnection made(String account) {
        return new SharedConnection(
                loops.next(),
                account,
                () -> accounts.containsKey(account) ? address() : Optional.empty(),
                () -> credentials(account));
    }

    /** The account may go between two questions: then nobody is let in without a passcode, and the next attempt waits for it. */
    private Credentials credentials(String name) {
        OwnAccount account = accounts.get(name);
        return new Credentials(name, account == null ? "" : account.passcode());
    }

    private Optional<URI> address() {
        return addresses.stream()
                .map(ConnectorAddress::uri)
                .filter(uri -> uri.getScheme().equals("stomp"))
                .min(LOOPBACK_FIRST);
    }
}
