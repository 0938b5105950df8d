package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.connector.TransactionLimits;
import gatepost.transport.connector.UserLimits;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ExceptionResponse;
import org.apache.activemq.command.Response;
import org.apache.activemq.command.TransactionInfo;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private final List<TransactionInfo> heard = new ArrayList<>();
    private Response answer = new Response();
    private final BrokerLink broker = new BrokerLink(new DefaultTransportListener() {
        @Override
        public void onCommand(Object command) {
            heard.add((TransactionInfo) command);
            broker.response(answer);
        }
    });
    private final UserShares users = new UserShares(new EmbeddedChannel().eventLoop());
    private final Holding holding = holding(3_000);
    private final Transactions transactions = transactions(holding, 2_000);

    @Test
    void soManyMayBeOpen() throws Refusal {
        transactions.begin("1");
        transactions.begin("2");
        assertEquals("transactions.max", limit(() -> transactions.begin("3")));
        transactions.abort("1");
        transactions.begin("3");
    }

    @Test
    void namesAreCountedToo() throws Refusal {
        transactions.begin("x".repeat(500));
        assertEquals("transaction.size.max", limit(() -> transactions.begin("y".repeat(500))));
    }

    @Test
    void messagesAreCountedUntilTheirTransactionEnds() throws Refusal {
        transactions.begin("t");
        transactions.sending("t", 1_000);
        assertEquals("transaction.size.max", limit(() -> transactions.sending("t", 1_000)));
        transactions.commit("t");
        transactions.begin("t");
        transactions.sending("t", 1_000);
    }

    @Test
    void whatAllConnectionsOfAUserHaveIsCountedTogether() throws Refusal {
        Transactions other = transactions(holding(3_000), 2_000);
        other.begin("t");
        other.sending("t", 1_500);
        transactions.begin("t");
        assertEquals("transaction.size.per.user", limit(() -> transactions.sending("t", 1_500)));
        other.abort("t");
        transactions.sending("t", 1_500);
    }

    @Test
    void aConnectionThatHasEndedHoldsNothing() throws Refusal {
        transactions.begin("t");
        transactions.sending("t", 1_500);
        transactions.forget();
        holding.end();
        assertEquals(0, users.size());
        assertTrue(assertThrows(Refusal.class, () -> transactions.sending("t", 1))
                .getMessage()
                .contains("no transaction t"));
    }

    @Test
    void aNameIsBegunOnceAndEndsOnce() throws Refusal {
        transactions.begin("t");
        assertRefused("was begun before", () -> transactions.begin("t"));
        transactions.commit("t");
        assertRefused("no transaction t", () -> transactions.commit("t"));
        assertRefused("no transaction t", () -> transactions.abort("t"));
        assertRefused("no transaction t", () -> transactions.require("t"));
        assertEquals(2, heard.size());
    }

    @Test
    void theBrokerHearsHowEachOneEnds() throws Refusal {
        transactions.begin("a");
        transactions.begin("b");
        transactions.abort("a");
        transactions.commit("b");

        assertEquals(
                List.of(
                        TransactionInfo.BEGIN,
                        TransactionInfo.BEGIN,
                        TransactionInfo.ROLLBACK,
                        TransactionInfo.COMMIT_ONE_PHASE),
                heard.stream().map(TransactionInfo::getType).toList());
        assertEquals(heard.get(0).getTransactionId(), heard.get(2).getTransactionId());
        assertEquals(heard.get(1).getTransactionId(), heard.get(3).getTransactionId());
        assertNotEquals(heard.get(0).getTransactionId(), heard.get(1).getTransactionId());
    }

    @Test
    void whatTheBrokerDoesNotBeginIsNotThere() {
        answer = new ExceptionResponse(new IllegalStateException("no"));
        assertThrows(Refusal.class, () -> transactions.begin("t"));
        assertRefused("no transaction t", () -> transactions.sending("t", 1));
    }

    @Test
    void aCommitThatFailsIsTheEndOfItsTransaction() throws Refusal {
        transactions.begin("t");
        transactions.sending("t", 1_500);
        answer = new ExceptionResponse(new IllegalStateException("no"));
        assertThrows(Refusal.class, () -> transactions.commit("t"));

        answer = new Response();
        transactions.begin("t");
        transactions.sending("t", 1_500);
    }

    private static void assertRefused(String reason, Attempt attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt::run);
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    private Holding holding(int bytes) {
        Holding joined = new Holding(users, new UserLimits(1, 1, bytes, 1000));
        joined.join("alice");
        return joined;
    }

    private Transactions transactions(Holding of, int bytes) {
        return new Transactions(new ConnectionId("c"), broker, new TransactionLimits(2, bytes), of);
    }

    private interface Attempt {
        void run() throws Refusal;
    }

    private static String limit(Attempt attempt) {
        return assertThrows(Refusal.class, attempt::run).limit().orElseThrow();
    }
}
