package gatepost.broker.region;

import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Unloadable;
import jakarta.jms.InvalidDestinationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was loaded as a queue and is an inbox now, or the other way round, is unloaded: whoever asks for it next gets it as what it is.
 * Those who read it are told and end. Any thread may start it; it works on one of the pool.
 */
final class Conversion {

    private static final Logger LOG = LoggerFactory.getLogger(Conversion.class);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    /** After so long it is said who does not go, nanoseconds. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final LoadingRegionBroker region;
    private final TaskRunnerFactory tasks;
    private final AtomicBoolean wanted = new AtomicBoolean();

    Conversion(LoadingRegionBroker region, TaskRunnerFactory tasks) {
        this.region = region;
        this.tasks = tasks;
    }

    void start() {
        if (wanted.compareAndSet(false, true)) {
            tasks.execute(this::convertAll);
        }
    }

    private void convertAll() {
        wanted.set(false);
        Set<Connection> told = new HashSet<>();
        long end = System.nanoTime() + PATIENCE;
        List<Unloadable> wrong = wrong();
        while (!wrong.isEmpty() && System.nanoTime() - end < 0) {
            wrong.forEach(queue -> convert(queue, told));
            wrong = wrong();
            if (!wrong.isEmpty()) {
                LockSupport.parkNanos(PAUSE);
            }
        }
        wrong.forEach(queue -> LOG.error(
                "{} is still read as what it is no more, by {}", queue.getActiveMQDestination(), queue.getConsumers()));
    }

    private void convert(Unloadable queue, Set<Connection> told) {
        try {
            if (!region.unload(queue)) {
                queue.getConsumers().forEach(reader -> tell(queue, reader, told));
            }
        } catch (Exception e) {
            LOG.error("{} could not be unloaded", queue.getActiveMQDestination(), e);
        }
    }

    private static void tell(Destination queue, Subscription reader, Set<Connection> told) {
        Connection connection = reader.getContext().getConnection();
        if (connection != null && told.add(connection)) {
            connection.serviceException(new InvalidDestinationException(
                    queue.getActiveMQDestination().getPhysicalName()
                            + (queue instanceof LoadedInbox ? " is no inbox any more" : " is an inbox now")
                            + ": subscribe again"));
        }
    }

    private List<Unloadable> wrong() {
        List<Unloadable> wrong = new ArrayList<>();
        for (Destination loaded : region.getQueueRegion().getDestinationMap().values()) {
            if (region.isWrong(loaded) && loaded instanceof Unloadable queue) {
                wrong.add(queue);
            }
        }
        return wrong;
    }
}
