package gatepost.authorization.broker;

import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.EntrySyntax;
import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.Grants;
import gatepost.contracts.Account;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.jaas.GroupPrincipal;
import org.apache.activemq.security.SecurityContext;

/**
 * The broker and the transport that ship, with the filter under test in the place of authorization. Whoever connects is believed:
 * the login is the user and the passcode the groups. A login of {@code nobody} gets no security context.
 */
public final class TestBroker implements AutoCloseable {

    static final String[] SHIPPED = {
        "entry.admins queue://> read=admins write=admins admin=admins",
        "entry.own-queue queue://user.{user} read=users admin=users",
        "entry.to-app queue://app.inbox read=admins write=users admin=users",
        "entry.topics topic://> read=admins write=admins admin=admins",
        "entry.welcome queue://user.> write=gatepost-welcome admin=gatepost-welcome",
        "temporary read=users,admins write=users,admins admin=users,admins"
    };

    final Gate gate = new Gate();
    final Audit audit = new Audit();
    final BrokerService broker;
    final Revocation revocation = new Revocation(gate, audit, this::subscriptions);
    private final ShippedServer server;
    private AuthorizationFilter filter;

    /** Under this map. */
    TestBroker(String... lines) throws Exception {
        this(Map.of(), lines);
    }

    /** @param settings of the broker's configuration, where they are not the default */
    TestBroker(Map<String, Object> settings, String... lines) throws Exception {
        put(lines);
        server = new ShippedServer(
                settings, Believing::new, next -> filter = new AuthorizationFilter(next, gate, audit, Optional::empty));
        broker = server.broker();
    }

    /** With a plugin of the caller's own; the gate in here is of no use then. */
    public TestBroker(BrokerPlugin authorization) throws Exception {
        server = new ShippedServer(Map.of(), Believing::new, authorization);
        broker = server.broker();
    }

    /** Puts a map in force and has live sessions looked at. */
    void put(String... lines) {
        gate.put(map(lines));
        if (filter != null) {
            revocation.reevaluate();
        }
    }

    static EntryMap map(String... lines) {
        List<Entry> entries = new ArrayList<>();
        Grants temporary = Grants.NOBODY;
        for (String line : lines) {
            String[] parts = line.split("\\s+", 2);
            if (parts[0].equals("temporary")) {
                temporary = EntrySyntax.grants(parts[1], TestBroker::fail).orElseThrow();
            } else {
                entries.add(EntrySyntax.entry(parts[0].substring("entry.".length()), parts[1], TestBroker::fail)
                        .orElseThrow());
            }
        }
        return new EntryMap(entries, temporary);
    }

    Subscriptions subscriptions() {
        return filter.subscriptions();
    }

    SessionSubscriptions session(String user) {
        return subscriptions().all().stream()
                .filter(session -> session.user().orElseThrow().name().equals(user))
                .findFirst()
                .orElseThrow();
    }

    public StompClient client(String user, String groups) throws Exception {
        return new StompClient(server.port(), user, groups);
    }

    /** One more of the same user. */
    public StompClient client(String user, String groups, String id) throws Exception {
        return new StompClient(server.port(), user, groups, id);
    }

    boolean exists(ActiveMQDestination destination) throws Exception {
        return broker.getBroker().getDestinationMap(destination).containsKey(destination);
    }

    long messages(ActiveMQDestination destination) throws Exception {
        Destination found = broker.getBroker().getDestinationMap(destination).get(destination);
        return found == null
                ? 0
                : found.getDestinationStatistics().getMessages().getCount();
    }

    @Override
    public void close() throws Exception {
        revocation.stop();
        server.close();
    }

    static SecurityContext signedIn(String user, String groups) {
        return signedIn(user, groups, Instant.now());
    }

    static SecurityContext signedIn(String user, String groups, Instant since) {
        Set<Principal> principals = new HashSet<>();
        for (String group : groups.split(",")) {
            GroupPrincipal principal = new GroupPrincipal(group);
            principals.add(principal);
        }
        return new SignedIn(user, principals, since);
    }

    private static void fail(String problem) {
        throw new AssertionError(problem);
    }

    private static final class SignedIn extends SecurityContext implements Account {

        private final Set<Principal> principals;
        private final Instant since;

        SignedIn(String user, Set<Principal> principals, Instant since) {
            super(user);
            this.principals = principals;
            this.since = since;
        }

        @Override
        public String user() {
            return getUserName();
        }

        @Override
        public Instant since() {
            return since;
        }

        @Override
        public boolean isTrusted() {
            return false;
        }

        @Override
        public Set<Principal> getPrincipals() {
            return principals;
        }
    }

    private static final class Believing extends BrokerFilter {

        Believing(Broker next) {
            super(next);
        }

        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
            if (!"nobody".equals(info.getUserName())) {
                context.setSecurityContext(signedIn(info.getUserName(), info.getPassword()));
                info.setClientId(info.getUserName() + "/" + info.getClientId());
                context.setClientId(info.getClientId());
            }
            super.addConnection(context, info);
        }
    }
}
