package gatepost.welcome;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what is sent until a test says what became of it. */
final class TestSender implements Enforcement.Route {

    /** One greeting on its way. */
    record Sent(Greeting greeting, TestRecords records, Consumer<Exception> outcome) {

        String to() {
            return greeting.destination().replace("queue://user.", "");
        }

        /** The broker has it, and its receipt has not come. */
        void taken() {
            greeting.once().ifPresent(name -> records.sent.add(queue() + " " + name));
        }

        private String queue() {
            return greeting.destination().replace("queue://", "");
        }

        void arrived() {
            taken();
            outcome.accept(null);
        }

        void failed(String reason) {
            outcome.accept(new IllegalStateException(reason));
        }
    }

    private final TestRecords records;
    private final List<Sent> open = new CopyOnWriteArrayList<>();
    private final List<String> all = new CopyOnWriteArrayList<>();

    /** @param records where what is sent once is remembered */
    TestSender(TestRecords records) {
        this.records = records;
    }

    @Override
    public void close() {
        // what is on its way may still arrive
    }

    @Override
    public void send(Greeting greeting, Consumer<Exception> outcome) {
        Sent sent = new Sent(greeting, records, outcome);
        all.add(sent.to());
        open.add(sent);
    }

    /** @return to whom anything was sent, in its order */
    List<String> all() {
        return List.copyOf(all);
    }

    /** @return how many wait for a word of {@link #take} */
    int open() {
        return open.size();
    }

    /** @return all that has been sent since the last call */
    List<Sent> take() {
        List<Sent> taken = new ArrayList<>(open);
        open.removeAll(taken);
        return taken;
    }
}
