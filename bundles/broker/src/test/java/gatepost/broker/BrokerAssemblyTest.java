package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;

class BrokerAssemblyTest {

    @Test
    void aQueueForEachOfThousandsOfUsersFitsIntoTheHeapWhoeverPublishesToIt() throws Exception {
        BrokerService broker = BrokerAssembly.assemble(BrokerSettings.of(Map.of("name", "test", "store", "memory")));
        try {
            broker.start();
            Queue queue = (Queue) broker.getDestination(new ActiveMQQueue("user.alice"));

            // for each publisher an entry of a map, and for each 64 of its messages a node of a list and an object of 24 bytes each
            int bytes = queue.getMaxProducersToAudit() * (200 + queue.getMaxAuditDepth() * 48 / 64);
            assertTrue(bytes < 8 << 10, () -> "a queue may need " + bytes + " bytes to remember its publishers");
            assertEquals(queue.getMaxProducersToAudit(), queue.getMessages().getMaxProducersToAudit());
            assertEquals(queue.getMaxAuditDepth(), queue.getMessages().getMaxAuditDepth());
        } finally {
            broker.stop();
        }
    }
}
