package gatepost.welcome;

import java.util.function.Consumer;

/** Sends greetings. */
interface Sender {

    /**
     * Returns at once.
     *
     * @param outcome told once, on any thread: {@code null} when the broker has the greeting, else why it is not known to have it
     */
    void send(Greeting greeting, Consumer<Exception> outcome);
}
