package example;

import java.time.Duration;
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

/** Sends messages to users. One connection, opened when it is needed and again after it broke. */
public final class Notifier implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;

    private final ThreadPoolTaskScheduler timers = new ThreadPoolTaskScheduler();
    private final ReactorNettyTcpStompClient client;
    private final String login;
    private final String passcode;
    private volatile CompletableFuture<Void> waiting = new CompletableFuture<>();
    private StompSession session;

    public Notifier(String host, int port, String login, String passcode) {
        this.login = login;
        this.passcode = passcode;
        timers.setDaemon(true);
        timers.initialize();
        client = new ReactorNettyTcpStompClient(host, port);
        client.setMessageConverter(new StringMessageConverter());
        client.setTaskScheduler(timers);
        client.setReceiptTimeLimit(PATIENCE.toMillis());
    }

    /**
     * Returns once Gatepost has the message safely.
     *
     * @throws IllegalStateException when that stays unknown
     */
    public synchronized void send(String user, String text) throws InterruptedException {
        if (!user.matches("[\\w.@-]+")) {
            throw new IllegalArgumentException("no name of a queue: " + user);
        }
        StompHeaders headers = new StompHeaders();
        headers.setDestination("/queue/user." + user);
        // the same in each attempt, so that a receiver can tell that a message came twice
        headers.set("id", UUID.randomUUID().toString());
        Exception last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Thread.sleep(attempt == 0 ? 0 : 500L << attempt);
            try {
                confirmed(headers, text);
                return;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                last = e;
                session = null;
            }
        }
        throw new IllegalStateException("not confirmed after " + ATTEMPTS + " attempts", last);
    }

    private void confirmed(StompHeaders headers, String text) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        waiting = receipt;
        if (session == null || !session.isConnected()) {
            StompHeaders connect = new StompHeaders();
            connect.setLogin(login);
            connect.setPasscode(passcode);
            session = client.connectAsync(connect, new Failures()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            session.setAutoReceipt(true);
        }
        StompSession.Receiptable sent = session.send(headers, text);
        sent.addReceiptTask(() -> receipt.complete(null));
        sent.addReceiptLostTask(() -> receipt.completeExceptionally(new TimeoutException("no receipt")));
        receipt.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        if (session != null && session.isConnected()) {
            session.disconnect();
        }
        client.shutdown();
        timers.shutdown();
    }

    /** An ERROR frame or a broken connection ends the waiting for a receipt. */
    private final class Failures extends StompSessionHandlerAdapter {

        @Override
        public void handleFrame(StompHeaders headers, Object payload) {
            waiting.completeExceptionally(new IllegalStateException(headers.getFirst("message")));
        }

        @Override
        public void handleException(StompSession session, StompCommand command, StompHeaders headers, byte[] payload,
                Throwable exception) {
            waiting.completeExceptionally(exception);
        }

        @Override
        public void handleTransportError(StompSession session, Throwable exception) {
            waiting.completeExceptionally(exception);
        }
    }

    /** Usage: {@code Notifier USER TEXT}. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Notifier notifier = new Notifier(environment("GATEPOST_HOST", "localhost"),
                Integer.parseInt(environment("GATEPOST_PORT", "61612")), System.getenv("GATEPOST_LOGIN"),
                System.getenv("GATEPOST_PASSCODE"))) {
            notifier.send(arguments[0], arguments[1]);
        }
    }

    private static String environment(String name, String absent) {
        return System.getenv().getOrDefault(name, absent);
    }
}
