package gatepost.camel;

import gatepost.authentication.api.OwnAccount;
import gatepost.camel.connection.Credentials;
import gatepost.camel.connection.SharedConnection;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The connections of Gatepost's own accounts, over whatever connector of the scheme {@code stomp} is open: it is there while
 * authentication is, which hands out the accounts.
 */
@Component
public final class OwnConnections implements GatepostComponents {

    private static final Comparator<URI> LOOPBACK_FIRST =
            Comparator.comparing((URI uri) -> !uri.getHost().equals("127.0.0.1")).thenComparing(URI::toString);

    private final List<URI> addresses = new CopyOnWriteArrayList<>();
    @Reference(target = "(gatepost.account=" + OwnAccount.ROUTES + ")", policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile OwnAccount routes;

    @Reference(target = "(gatepost.account=" + OwnAccount.WELCOME + ")", policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile OwnAccount welcome;

    private final Map<String, SharedConnection> connections = Map.of(
            OwnAccount.ROUTES, connection(OwnAccount.ROUTES, () -> this.routes),
            OwnAccount.WELCOME, connection(OwnAccount.WELCOME, () -> this.welcome));

    @Reference(service = URI.class, target = "(gatepost.connector=*)", cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, unbind = "closed")
    void opened(URI address) {
        addresses.add(address);
        connections.values().forEach(SharedConnection::wake);
    }

    void closed(URI address) {
        addresses.remove(address);
    }

    @Override
    public GatepostComponent component(String account) {
        return new GatepostComponent(of(account));
    }

    @Override
    public String state(String account) {
        return of(account).state().text();
    }

    private SharedConnection of(String account) {
        SharedConnection connection = connections.get(account);
        if (connection == null) {
            throw new IllegalArgumentException("there is no account " + account + ", expected one of " + connections.keySet());
        }
        return connection;
    }

    private SharedConnection connection(String name, Supplier<OwnAccount> account) {
        return new SharedConnection(name, () -> account.get() == null ? Optional.empty() : address(),
                () -> credentials(name, account.get()));
    }

    /** The account may go between two questions: then nobody is let in without a passcode, and the next attempt waits for it. */
    private static Credentials credentials(String name, OwnAccount account) {
        return new Credentials(name, account == null ? "" : account.passcode());
    }

    private Optional<URI> address() {
        return addresses.stream().filter(uri -> uri.getScheme().equals("stomp")).min(LOOPBACK_FIRST);
    }
}
