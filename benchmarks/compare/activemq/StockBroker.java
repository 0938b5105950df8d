import java.io.File;
import java.util.List;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.policy.ConstantPendingMessageLimitStrategy;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;

/**
 * What the activemq.xml of ActiveMQ 6.1.8 says, as code: its archive is not in every repository, its jars are. Two things differ:
 * maximumConnections is not 1,000, or no more users could be measured, and the store's limits are those of a smaller disk.
 */
public final class StockBroker {

    private StockBroker() {}

    /** @param arguments folder for its data, port for STOMP, port for WebSocket */
    public static void main(String... arguments) throws Exception {
        File data = new File(arguments[0]);
        BrokerService broker = new BrokerService();
        broker.setBrokerName("localhost");
        broker.setDataDirectoryFile(data);

        ConstantPendingMessageLimitStrategy thousand = new ConstantPendingMessageLimitStrategy();
        thousand.setLimit(1_000);
        PolicyEntry topics = new PolicyEntry();
        topics.setTopic(">");
        topics.setPendingMessageLimitStrategy(thousand);
        PolicyMap policies = new PolicyMap();
        policies.setPolicyEntries(List.of(topics));
        broker.setDestinationPolicy(policies);
        broker.getManagementContext().setCreateConnector(false);

        KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
        store.setDirectory(new File(data, "kahadb"));
        broker.setPersistenceAdapter(store);
        broker.getSystemUsage().getMemoryUsage().setPercentOfJvmHeap(70);
        broker.getSystemUsage().getStoreUsage().setLimit(20L << 30);
        broker.getSystemUsage().getTempUsage().setLimit(10L << 30);

        String limits = "?maximumConnections=20000&wireFormat.maxFrameSize=104857600";
        broker.addConnector("stomp://127.0.0.1:" + arguments[1] + limits);
        broker.addConnector("ws://127.0.0.1:" + arguments[2] + limits);
        broker.start();
        broker.waitUntilStopped();
    }
}
