package gatepost.authorization.broker;

import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.User;
import gatepost.contracts.Account;
import gatepost.contracts.Printable;
import gatepost.contracts.TokenAccount;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;

/** What one session is subscribed to. All else about it is read from its connection when somebody asks. Safe for use by several threads. */
public final class SessionSubscriptions {

    private final ConnectionContext context;
    private final boolean caller;
    private final ConcurrentMap<ConsumerId, ConsumerInfo> subscriptions = new ConcurrentHashMap<>(1);

    /** @param caller whether it is there for calls only */
    SessionSubscriptions(ConnectionContext context, boolean caller) {
        this.context = context;
        this.caller = caller;
    }

    /** The broker's id of the connection. */
    public String id() {
        return String.valueOf(context.getConnectionId());
    }

    /** @return who it is, with the groups as they are now; empty where authentication has taken that back */
    public Optional<User> user() {
        return Subject.of(context).map(Subject::user);
    }

    /** The client id, {@code user/client-id}. */
    public String clientId() {
        return Printable.of(String.valueOf(context.getClientId()));
    }

    /** Where the client connects from, as a URI. */
    public String address() {
        return context.getConnection() == null
                ? ""
                : String.valueOf(context.getConnection().getRemoteAddress());
    }

    /** @return when the client signed in; empty where another than Gatepost's authentication let it in */
    public Optional<Instant> since() {
        return Account.of(context).map(Account::since);
    }

    /** @return when it ends with its token; empty for one that came without */
    public Optional<Instant> expires() {
        return TokenAccount.of(context).map(TokenAccount::expires);
    }

    /** @return what it is subscribed to, in no particular order */
    public List<String> destinations() {
        return subscriptions.values().stream()
                .map(info -> Printable.of(String.valueOf(info.getDestination())))
                .toList();
    }

    /** @return those of its subscriptions that this map does not allow, in alphabetical order */
    public List<String> deniedBy(EntryMap map) {
        Judge judge = new Judge(map);
        return subscriptions.values().stream()
                .filter(info -> !Subject.of(context)
                        .map(subject -> judge.decide(subject, info).allowed())
                        .orElse(false))
                .map(info -> Printable.of(String.valueOf(info.getDestination())))
                .sorted()
                .toList();
    }

    /** Whether it is there for calls only, so that its user is not on line for it. */
    public boolean isCaller() {
        return caller;
    }

    ConnectionContext context() {
        return context;
    }

    Collection<ConsumerInfo> subscriptions() {
        return subscriptions.values();
    }

    void subscribed(ConsumerInfo info) {
        subscriptions.put(info.getConsumerId(), info);
    }

    void unsubscribed(ConsumerInfo info) {
        subscriptions.remove(info.getConsumerId(), info);
    }
}
