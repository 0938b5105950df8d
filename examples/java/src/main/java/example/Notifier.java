package example;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.simp.stomp.ReactorNettyTcpStompClient;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Sends messages to users over STOMP, each over a connection of its own. {@link HttpNotifier} does so without a library. */
public final class Notifier implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;
    private static final int ATTEMPTS = 5;

    private final ThreadPoolTaskScheduler timers = new ThreadPoolTaskScheduler();
    private final ReactorNettyTcpStompClient client;
    private final StompHeaders account = new StompHeaders();

    public Notifier(String host, int port, String login, String passcode) {
        account.setLogin(login);
        account.setPasscode(passcode);
        timers.setDaemon(true);
        timers.initialize();
        client = new ReactorNettyTcpStompClient(host, port);
        client.setMessageConverter(new StringMessageConverter());
        client.setTaskScheduler(timers);
    }

    /**
     * Returns once Gatepost has the message safely.
     *
     * @throws IllegalStateException when that stays unknown
     */
    public void send(String user, String text) throws InterruptedException {
        if (!user.matches("[\\w.@-]+")) {
            throw new IllegalArgumentException("no name of a queue: " + user);
        }
        StompHeaders headers = new StompHeaders();
        headers.setDestination("/queue/user." + user);
        // the same id in each attempt, so that the message comes once
        headers.set("gatepost-id", UUID.randomUUID().toString());
        Exception last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Thread.sleep(attempt == 0 ? 0 : 500L << attempt);
            try {
                attempt(headers, text);
                return;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                last = e;
            }
        }
        throw new IllegalStateException("not confirmed after " + ATTEMPTS + " attempts", last);
    }

    private void attempt(StompHeaders headers, String text) throws InterruptedException, ExecutionException, TimeoutException {
        Outcome outcome = new Outcome();
        StompSession session = client.connectAsync(account, outcome).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            session.setAutoReceipt(true);
            session.send(headers, text).addReceiptTask(() -> outcome.receipt.complete(null));
            outcome.receipt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            session.disconnect();
        }
    }

    @Override
    public void close() {
        client.shutdown();
        timers.shutdown();
    }

    /** An ERROR frame or a broken connection ends the waiting for a receipt. */
    private static final class Outcome extends StompSessionHandlerAdapter {

        private final CompletableFuture<Void> receipt = new CompletableFuture<>();

        @Override
        public void handleFrame(StompHeaders headers, Object payload) {
            receipt.completeExceptionally(new IllegalStateException(headers.getFirst("message")));
        }

        @Override
        public void handleException(StompSession session, StompCommand command, StompHeaders headers, byte[] payload, Throwable e) {
            receipt.completeExceptionally(e);
        }

        @Override
        public void handleTransportError(StompSession session, Throwable e) {
            receipt.completeExceptionally(e);
        }
    }

    /** Usage: {@code Notifier USER TEXT}. */
    public static void main(String[] arguments) throws InterruptedException {
        String host = System.getenv().getOrDefault("GATEPOST_HOST", "localhost");
        int port = Integer.parseInt(System.getenv().getOrDefault("GATEPOST_PORT", "61612"));
        try (Notifier notifier = new Notifier(host, port, System.getenv("GATEPOST_LOGIN"), System.getenv("GATEPOST_PASSCODE"))) {
            notifier.send(arguments[0], arguments[1]);
        }
    }
}
