package gatepost.soak;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.Random;

/** An application's server: sends to one user after another, waits for each RECEIPT, and comes back when the connection ends. */
final class Publisher extends Actor {

    private static final int LONGEST_BODY = 4_000;

    private final Gatepost gatepost;
    private final List<String> users;
    private final List<Ledger> ledgers;

    Publisher(Gatepost gatepost, List<String> users, List<Ledger> ledgers, long seed) {
        super("publisher", new Random(seed));
        this.gatepost = gatepost;
        this.users = users;
        this.ledgers = ledgers;
    }

    @Override
    void session() {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect("system", "manager");
            while (!stopped()) {
                int user = random().nextInt(users.size());
                int number = ledgers.get(user).sending();
                ServerFrame answer = client.request(ClientFrame.send(
                        "/queue/user." + users.get(user), number + " " + "x".repeat(random().nextInt(LONGEST_BODY))));
                if (!answer.command().equals("RECEIPT")) {
                    throw new AssertionError("a SEND was answered with " + answer);
                }
                ledgers.get(user).promised(number);
                pause();
            }
        }
    }
}
