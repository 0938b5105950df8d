package gatepost.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.EmptyBroker;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.DestinationInfo;
import org.junit.jupiter.api.Test;

class PluginSlotTest {

    private static final List<String> REQUIRED = List.of("authentication", "authorization");

    private final List<String> asked = new ArrayList<>();
    private final PluginSlot slot = new PluginSlot(new EmptyBroker() {
        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) {
            asked.add("regions");
        }
    });

    @Test
    void theGateIsClosedFromTheStart() {
        assertClosed();
    }

    @Test
    void aMissingPluginKeepsItClosed() {
        List<String> reasons = slot.install(REQUIRED, Map.of("authentication", plugin("authentication")));
        assertEquals(List.of("the required plugin 'authorization' is missing"), reasons);
        assertClosed();
    }

    @Test
    void pluginsAreAskedInTheOrderInWhichTheyAreRequiredAndThenTheRest() throws Exception {
        Map<String, BrokerPlugin> present = new LinkedHashMap<>();
        present.put("other", plugin("other"));
        present.put("authorization", plugin("authorization"));
        present.put("authentication", plugin("authentication"));
        assertEquals(List.of(), slot.install(REQUIRED, present));
        slot.addConnection(null, new ConnectionInfo());
        assertEquals(List.of("authentication", "authorization", "other", "regions"), asked);
    }

    @Test
    void aPluginThatCannotBeInstalledKeepsItClosed() {
        List<String> reasons = slot.install(List.of("broken"), Map.of("broken", next -> {
            throw new IllegalStateException("no key");
        }));
        assertEquals(1, reasons.size());
        assertClosed();
    }

    @Test
    void itClosesAgain() {
        slot.install(List.of(), Map.of());
        slot.close("the plugins are changing");
        assertClosed();
    }

    private void assertClosed() {
        assertThrows(SecurityException.class, () -> slot.addConnection(null, new ConnectionInfo()));
        assertThrows(SecurityException.class, () -> slot.addConsumer(null, new ConsumerInfo()));
        assertThrows(SecurityException.class, () -> slot.addDestinationInfo(null, new DestinationInfo()));
        assertEquals(List.of(), asked);
    }

    private BrokerPlugin plugin(String name) {
        return new BrokerPlugin() {
            @Override
            public Broker installPlugin(Broker next) {
                return new BrokerFilter(next) {
                    @Override
                    public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
                        asked.add(name);
                        super.addConnection(context, info);
                    }
                };
            }
        };
    }
}
