package gatepost.authorization.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.security.SecurityContext;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final Instant MORNING = Instant.parse("2026-11-27T09:30:00Z");

    private final Subscriptions subscriptions = new Subscriptions();

    @Test
    void theBeginningOfASessionIsItsAccounts() {
        assertEquals(
                Optional.of(MORNING),
                subscriptions
                        .of(Crafted.context("one", "alice", "users", MORNING))
                        .since());
    }

    @Test
    void thoseWhoHaveBeenThereLongestComeFirstAndOfWhomNobodyKnowsLast() {
        subscriptions.of(stranger("nobody-knows"));
        subscriptions.of(Crafted.context("late", "bob", "users", MORNING.plusSeconds(60)));
        subscriptions.of(Crafted.context("early", "alice", "users", MORNING));

        List<SessionSubscriptions> all = subscriptions.all();

        assertEquals(
                List.of("early", "late", "nobody-knows"),
                all.stream().map(SessionSubscriptions::id).toList());
        assertTrue(all.get(2).since().isEmpty());
    }

    @Test
    void whatIsLeftIsForgottenWithItsSession() {
        ConnectionContext context = Crafted.context("one", "alice", "users", MORNING);
        subscriptions.of(context).subscribed(Crafted.consumer(context, new ActiveMQQueue("a")));
        assertEquals(List.of("queue://a"), subscriptions.of(context).destinations());

        subscriptions.removed(context);

        assertTrue(subscriptions.all().isEmpty());
    }

    /** @return of somebody whom an authentication other than Gatepost's has let in */
    private static ConnectionContext stranger(String connectionId) {
        ConnectionContext context = new ConnectionContext();
        context.setConnectionId(new ConnectionId(connectionId));
        context.setSecurityContext(new SecurityContext("carol") {
            @Override
            public Set<Principal> getPrincipals() {
                return Set.of();
            }
        });
        return context;
    }
}
