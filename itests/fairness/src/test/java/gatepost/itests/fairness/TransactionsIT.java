package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that are begun and not ended. */
@ExtendWith(Suite.class)
class TransactionsIT {

    private static final String NAME = "x".repeat(8000);
    private static final String MEBIBYTE = "x".repeat(1 << 20);

    @ParameterizedTest
    @EnumSource
    void aConnectionHasSoManyAndNoMore(Transport transport) {
        String user = Suite.attacker();
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.connect(user, user);
            for (int i = 0; i < 100; i++) {
                client.done(ClientFrame.of("BEGIN", "transaction:" + NAME + i));
            }
            client.done(ClientFrame.of("ABORT", "transaction:" + NAME + 0));
            client.done(ClientFrame.of("BEGIN", "transaction:" + NAME + 0));
            refused(client.request(ClientFrame.of("BEGIN", "transaction:one-more")), "a connection may have 100 open");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserHasSoManyBytesInAllAndTheyAreFreeOnceTheirConnectionsAreGone(Transport transport) {
        String user = Suite.attacker();
        List<StompClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                StompClient client = transport.client(Suite.gatepost());
                clients.add(client);
                client.connect(user, user);
                fill(client, 15);
            }
            StompClient fifth = transport.client(Suite.gatepost());
            clients.add(fifth);
            fifth.connect(user, user);
            fill(fifth, 2);
            fifth.send(inTransaction());
            fifth.send(inTransaction());
            refused(fifth.request(inTransaction()), "a user may have 67108864 bytes");
        } finally {
            clients.forEach(StompClient::close);
        }
        Awaitility.await().untilAsserted(() -> {
            try (StompClient again = transport.client(Suite.gatepost())) {
                again.connect(user, user);
                fill(again, 15);
            }
        });
    }

    private static void fill(StompClient client, int mebibytes) {
        client.done(ClientFrame.of("BEGIN", "transaction:t"));
        for (int i = 0; i < mebibytes; i++) {
            client.done(inTransaction());
        }
    }

    private static ClientFrame inTransaction() {
        return ClientFrame.send("/queue/app.inbox", MEBIBYTE, "transaction:t");
    }

    private static void refused(ServerFrame answer, String why) {
        assertTrue(answer.command().equals("ERROR") && answer.header("message").contains(why), answer.toString());
    }
}
