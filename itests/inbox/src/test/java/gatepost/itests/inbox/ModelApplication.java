package gatepost.itests.inbox;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.inbox.Model.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What an application sends to an inbox at random, each under a text of its own. */
final class ModelApplication implements AutoCloseable {

    private final Owner owner;
    private final Random random;
    private final Model model;
    /** What was sent under an id. */
    private final List<String> ids = new ArrayList<>();

    private final Map<String, Entry> byKey = new HashMap<>();
    private final Set<String> once = new HashSet<>();
    private StompClient client;
    private int texts;

    ModelApplication(Owner owner, Model model, Random random) {
        this.owner = owner;
        this.model = model;
        this.random = random;
        this.client = Queues.admin(Suite.gatepost());
    }

    StompClient client() {
        return client;
    }

    /** @return a text that was not used before */
    String text() {
        return "m" + ++texts;
    }

    /** Sends something, or takes something back. @return the text of what has no offset, and else {@code null} */
    String next() {
        String text = text();
        switch (random.nextInt(12)) {
            case 0 -> {
                return text;
            }
            case 1, 2 -> {
                ids.add(text);
                send(text, "gatepost-id:" + text);
            }
            case 3 -> publishAgain();
            case 4 -> publishUnderAKey(text, "key" + random.nextInt(3));
            case 5 -> {
                long expires = System.currentTimeMillis() + 100 + random.nextInt(2_000);
                model.expires(text, expires);
                send(text, "expires:" + expires);
            }
            case 6 -> publishOnce(text, "once" + random.nextInt(20));
            case 7 -> publishTogether(text);
            case 8 -> withdraw();
            default -> send(text);
        }
        return null;
    }

    /** Sends what has no offset. */
    void sendUnstored(String text) {
        client.done(ClientFrame.send(owner.inbox(), text, "persistent:false"));
    }

    Entry send(String text, String... headers) {
        model.sends(text);
        return model.sent(text, Tab.receipt(client.request(ClientFrame.send(owner.inbox(), text, headers))));
    }

    /** What was sent before under its id is the same message, and is where it was. */
    private void publishAgain() {
        if (!ids.isEmpty()) {
            again(ids.get(random.nextInt(ids.size())));
        }
    }

    /** Sends what was sent before under its id, or may have been. */
    void again(String text) {
        ServerFrame receipt = Tab.receipt(client.request(ClientFrame.send(owner.inbox(), text, "gatepost-id:" + text)));
        model.sent(text, receipt);
    }

    private void publishUnderAKey(String text, String key) {
        Entry before = byKey.get(key);
        Entry now = send(text, "gatepost-collapse:" + key);
        if (before != null) {
            model.replaced(before);
        }
        byKey.put(key, now);
    }

    private void publishOnce(String text, String name) {
        if (once.add(name)) {
            send(text, "gatepost-once:" + name);
        } else {
            client.done(ClientFrame.send(owner.inbox(), text, "gatepost-once:" + name));
        }
    }

    private void publishTogether(String text) {
        boolean kept = random.nextInt(3) > 0;
        client.done(ClientFrame.of("BEGIN", "transaction:t"));
        List<String> all =
                IntStream.range(0, 3).mapToObj(n -> text + "of3-" + n).toList();
        all.forEach(each -> {
            if (kept) {
                model.sends(each);
            }
            client.done(ClientFrame.send(owner.inbox(), each, "transaction:t"));
        });
        client.done(ClientFrame.of(kept ? "COMMIT" : "ABORT", "transaction:t"));
    }

    private void withdraw() {
        if (!ids.isEmpty()) {
            String text = ids.get(random.nextInt(ids.size()));
            ServerFrame receipt = Tab.receipt(client.request(ClientFrame.of(
                    "SEND",
                    "destination:/gatepost/withdraw",
                    "gatepost-destination:" + owner.inbox(),
                    "gatepost-id:" + text)));
            boolean settled = !"false".equals(receipt.header("gatepost-settled"));
            model.log().values().stream()
                    .filter(entry -> entry.text.equals(text))
                    .reduce((one, other) -> other)
                    .ifPresent(entry -> model.withdrawn(entry, settled));
        }
    }

    /** The inbox was purged, with which names are forgotten. */
    void purged() {
        ids.clear();
        byKey.clear();
    }

    /**
     * Gatepost was killed, and is there again.
     *
     * @param sent under ids, and to be sent once more
     */
    void comeBack(Set<String> sent) {
        client = Queues.admin(Suite.gatepost());
        for (String text : sent) {
            if (!model.isThere(text)) {
                model.sends(text);
            }
            again(text);
        }
        ids.removeIf(text -> !model.isThere(text));
        ids.addAll(sent);
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return texts + " messages";
    }
}
