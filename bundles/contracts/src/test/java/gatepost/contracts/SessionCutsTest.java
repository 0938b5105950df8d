package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.TransportConnection;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.transport.Transport;
import org.junit.jupiter.api.Test;

class SessionCutsTest {

    private final SecurityException why = new SecurityException("expected by the test");

    /** What happened, in its order. */
    private final List<String> events = new ArrayList<>();

    private final List<Runnable> graces = new ArrayList<>();
    private final SessionCuts cuts = new SessionCuts(scheduler());
    private Optional<RuntimeException> closingFault = Optional.empty();
    private Optional<RuntimeException> writingFault = Optional.empty();
    private ConnectionError error;

    @Test
    void getsNoFurtherMessageAndItsTimeRunsBeforeItIsTold() throws IOException {
        ConnectionContext context = context(connection());
        assertTrue(getsMessages(context));

        Runnable tell = cuts.begin(context, why).orElseThrow();

        assertFalse(getsMessages(context));
        assertEquals(List.of("grace of 600 ms"), events);
        tell.run();
        assertEquals(List.of("grace of 600 ms", "ERROR"), events);
        assertSame(why, error.getException());
        assertEquals(new ConnectionId("ID:test"), error.getConnectionId());
    }

    @Test
    void whatTheBrokerAllowedBeforeCountsNoMore() throws IOException {
        ConnectionContext context = context(connection());
        context.setMessageAuthorizationPolicy((any, message) -> true);

        cuts.begin(context, why);

        assertFalse(getsMessages(context));
    }

    @Test
    void severalAreAllCutOffBeforeTheFirstIsTold() throws IOException {
        List<ConnectionContext> contexts = List.of(context(connection()), context(connection()));

        List<Runnable> tells = contexts.stream()
                .map(context -> cuts.begin(context, why).orElseThrow())
                .toList();

        for (ConnectionContext context : contexts) {
            assertFalse(getsMessages(context));
        }
        assertEquals(List.of("grace of 600 ms", "grace of 600 ms"), events);
        tells.forEach(Runnable::run);
        assertEquals(List.of("ERROR", "ERROR"), events.subList(2, 4));
    }

    @Test
    void isCutOnceThoughTwoWantIt() {
        ConnectionContext context = context(connection());
        assertTrue(cuts.begin(context, why).isPresent());

        assertTrue(cuts.begin(context, why).isEmpty());
        assertTrue(new SessionCuts(scheduler()).begin(context, why).isEmpty(), "nor by another bundle");

        assertEquals(1, graces.size());
    }

    @Test
    void isCutOnceThoughTwoComeAtTheSameTime() throws Exception {
        ScheduledExecutorService real = Executors.newSingleThreadScheduledExecutor();
        List<SessionCuts> two = List.of(new SessionCuts(real), new SessionCuts(real));
        CyclicBarrier start = new CyclicBarrier(two.size());
        ExecutorService threads = Executors.newFixedThreadPool(two.size());
        try {
            for (int round = 0; round < 500; round++) {
                ConnectionContext context = context(connection());
                List<Callable<Boolean>> both = new ArrayList<>();
                for (SessionCuts one : two) {
                    both.add(() -> {
                        start.await();
                        return one.begin(context, why).isPresent();
                    });
                }
                int begun = 0;
                for (Future<Boolean> one : threads.invokeAll(both)) {
                    begun += one.get() ? 1 : 0;
                }
                assertEquals(1, begun);
            }
        } finally {
            threads.shutdownNow();
            real.shutdownNow();
        }
    }

    @Test
    void whoDoesNotGoIsClosedOverItsHeadThoughItsErrorWasNeverWritten() {
        cuts.begin(context(connection()), why);

        graces.get(0).run();

        assertEquals(List.of("grace of 600 ms", "stop"), events);
    }

    @Test
    void oneThatCannotBeToldKeepsNobodyFromGoingOn() {
        writingFault = Optional.of(new IllegalStateException("expected by the test"));
        Runnable tell = cuts.begin(context(connection()), why).orElseThrow();

        tell.run();
        graces.get(0).run();

        assertEquals(List.of("grace of 600 ms", "stop"), events);
    }

    @Test
    void isToldThoughNobodyClosesConnectionsAnyMore() throws IOException {
        closingFault = Optional.of(new RejectedExecutionException("expected by the test"));
        ConnectionContext context = context(connection());

        cuts.begin(context, why).orElseThrow().run();

        assertEquals(List.of("ERROR"), events);
        assertFalse(getsMessages(context));
    }

    @Test
    void aConnectionOfTheBrokersIsStoppedUnlessItIsOnItsWay() throws Exception {
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        TaskRunnerFactory stopping = new TaskRunnerFactory("test-stopping");
        try {
            Stopped stays = new Stopped(broker, stopping);
            Stopped goes = new Stopped(broker, stopping);
            goes.stopAsync();
            cuts.begin(context(stays), why);
            cuts.begin(context(goes), why);

            graces.forEach(Runnable::run);

            assertEquals(1, stays.calls);
            assertEquals(1, goes.calls, "its own");
        } finally {
            stopping.shutdownNow();
            broker.stop();
        }
    }

    /** Counts how often it is asked to stop. */
    private static final class Stopped extends TransportConnection {

        private int calls;

        Stopped(BrokerService broker, TaskRunnerFactory stopping) throws Exception {
            super(
                    null,
                    (Transport) answering(Transport.class, (method, arguments) -> null),
                    broker.getBroker(),
                    null,
                    stopping);
        }

        @Override
        public void stopAsync() {
            calls++;
            super.stopAsync();
        }
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static Object answering(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments));
    }

    private static boolean getsMessages(ConnectionContext context) throws IOException {
        return context.isAllowedToConsume(new ActiveMQMessage());
    }

    private static ConnectionContext context(Connection connection) {
        ConnectionContext context = new ConnectionContext();
        context.setConnection(connection);
        context.setConnectionId(new ConnectionId("ID:test"));
        return context;
    }

    private Connection connection() {
        return (Connection) answering(Connection.class, (method, arguments) -> {
            switch (method) {
                case "dispatchSync" -> {
                    writingFault.ifPresent(SessionCutsTest::raise);
                    error = (ConnectionError) arguments[0];
                    events.add("ERROR");
                }
                case "stop" -> events.add("stop");
                default -> throw new UnsupportedOperationException(method);
            }
            return null;
        });
    }

    /** @return one that remembers its tasks instead of running them */
    private ScheduledExecutorService scheduler() {
        return (ScheduledExecutorService) answering(ScheduledExecutorService.class, (method, arguments) -> {
            closingFault.ifPresent(SessionCutsTest::raise);
            graces.add((Runnable) arguments[0]);
            Duration grace = Duration.of((Long) arguments[1], ((TimeUnit) arguments[2]).toChronoUnit());
            events.add("grace of " + grace.toMillis() + " ms");
            return null;
        });
    }

    private static void raise(RuntimeException fault) {
        throw fault;
    }
}
