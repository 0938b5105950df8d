package gatepost.itests.inbox;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A user of whom no other test knows, and their inbox.
 *
 * @param name what they sign in with, and with it as their password
 */
record Owner(String name) {

    /** A name may have dots, which part a destination's name elsewhere. */
    static final Owner WITH_DOTS = new Owner("owner.of.an.inbox");

    private static final int COUNT = 400;
    private static final AtomicInteger LAST = new AtomicInteger();

    /** @return the names of all there are */
    static Stream<String> names() {
        return Stream.concat(IntStream.rangeClosed(1, COUNT).mapToObj(n -> "owner" + n), Stream.of(WITH_DOTS.name));
    }

    static Owner next() {
        return new Owner(names().skip(LAST.getAndIncrement()).findFirst().orElseThrow());
    }

    String inbox() {
        return "/queue/user." + name;
    }

    /** Opens one of the owner's tabs, over TCP. */
    Tab tab(String... headers) {
        return tab(Transport.TCP, headers);
    }

    /** Opens one of the owner's tabs. */
    Tab tab(Transport transport, String... headers) {
        return Tab.open(transport, name, name, inbox(), headers);
    }

    /** Signs in as the owner, over TCP, and subscribes to nothing. */
    StompClient client() {
        StompClient client = Transport.TCP.client(Suite.gatepost());
        client.connect(name, name);
        return client;
    }

    /** Lets an administrator read it, who is not its owner. */
    Tab administrator(String... headers) {
        return Tab.open(Transport.TCP, "system", "manager", inbox(), headers);
    }

    /** Publishes as an application does, and waits until it is safe; returns the RECEIPT. */
    ServerFrame publish(String text, String... headers) {
        try (StompClient application = Queues.admin(Suite.gatepost())) {
            return Tab.receipt(application.request(ClientFrame.send(inbox(), text, headers)));
        }
    }

    /** Publishes one after another, and waits until all are safe; returns the RECEIPTs. */
    List<ServerFrame> publishAll(String... texts) {
        try (StompClient application = Queues.admin(Suite.gatepost())) {
            return Stream.of(texts)
                    .map(text -> Tab.receipt(application.request(ClientFrame.send(inbox(), text))))
                    .toList();
        }
    }

    /** @return all that its log holds, what is done and what is not, in order: what a browser of the owner is shown */
    List<ServerFrame> log() {
        try (Tab browser = tab("browser:true")) {
            List<ServerFrame> messages = new ArrayList<>();
            for (ServerFrame next = browser.next(); next.header("browser") == null; next = browser.next()) {
                messages.add(next);
            }
            return messages;
        }
    }

    /** @return of what its log holds, the texts of what waits, in order */
    List<String> waiting() {
        return log().stream()
                .filter(message -> !Position.isDone(message))
                .map(ServerFrame::text)
                .toList();
    }

    /** @return of what its log holds, the texts of what is done, in order */
    List<String> history() {
        return log().stream().filter(Position::isDone).map(ServerFrame::text).toList();
    }
}
