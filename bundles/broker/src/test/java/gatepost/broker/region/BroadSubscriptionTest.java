package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.EmptyBroker;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;
import org.junit.jupiter.api.Test;

/** When a subscription to many queues looks through them. Its tasks run when this test runs them. */
class BroadSubscriptionTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final TaskRunnerFactory pool = new TaskRunnerFactory() {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }
    };

    @Test
    void anAcknowledgementLooksThroughNothingWhileNothingWaits() throws Exception {
        BroadSubscription subscription = subscription(10);
        subscription.wakeupDestinationsForDispatch();
        assertEquals(0, tasks.size());
        assertFalse(subscription.isSlowConsumer());
    }

    @Test
    void howeverMuchWaitsOneThreadLooksThroughTheQueues() throws Exception {
        BroadSubscription subscription = subscription(10);
        subscription.noteBacklog();
        subscription.noteBacklog();
        subscription.wakeupDestinationsForDispatch();
        assertEquals(1, tasks.size());

        tasks.remove().run();
        assertFalse(subscription.isSlowConsumer());
        subscription.wakeupDestinationsForDispatch();
        assertEquals(0, tasks.size());
    }

    @Test
    void whatComesToWaitMeanwhileIsLookedForAfterwards() throws Exception {
        BroadSubscription subscription = subscription(10);
        subscription.noteBacklog();
        Runnable first = tasks.remove();
        first.run();
        subscription.noteBacklog();
        assertEquals(1, tasks.size());
    }

    @Test
    void whileItIsFullItLooksThroughNothingAndKeepsInMindThatSomethingWaits() throws Exception {
        BroadSubscription subscription = subscription(0);
        subscription.noteBacklog();
        assertEquals(0, tasks.size());
        assertTrue(subscription.isSlowConsumer());
    }

    @Test
    void aQueueThatCallsItSlowHasSomethingForIt() throws Exception {
        BroadSubscription subscription = subscription(10);
        subscription.setSlowConsumer(false);
        assertEquals(0, tasks.size());
        subscription.setSlowConsumer(true);
        assertEquals(1, tasks.size());
        subscription.setSlowConsumer(false);
        assertTrue(subscription.isSlowConsumer());
    }

    private BroadSubscription subscription(int prefetch) throws Exception {
        ConsumerInfo info = new ConsumerInfo(new ConsumerId("c:1:1:1"));
        info.setDestination(new ActiveMQQueue("user.>"));
        info.setPrefetchSize(prefetch);
        return new BroadSubscription(new EmptyBroker(), new SystemUsage(), new ConnectionContext(), info, pool);
    }
}
