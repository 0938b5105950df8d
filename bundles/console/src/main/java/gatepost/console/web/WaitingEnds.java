package gatepost.console.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** What is done when a request has waited for too long. */
record WaitingEnds(Ending ending) implements AsyncListener {

    /** Answers the request. */
    interface Ending {
        void end() throws IOException;
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        ending.end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // it has been answered
    }

    @Override
    public void onError(AsyncEvent event) {
        // the server answers it
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it waits for something else: that has a listener of its own
    }
}
