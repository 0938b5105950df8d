package gatepost.broker.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.MutableBrokerFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outermost filter of the broker and the only one that it starts with: ActiveMQ builds its chain of filters once, while
 * plugins come and go with their bundles. Behind it stands either the chain of the plugins that are present or, while a
 * required one is missing, a {@link ClosedGate} that lets no client do anything.
 */
public final class PluginSlot extends MutableBrokerFilter {

    private static final Logger LOG = LoggerFactory.getLogger(PluginSlot.class);

    private final Broker regions;

    /** Closed until {@link #install} was called with all that is required. */
    public PluginSlot(Broker regions) {
        super(new ClosedGate(regions, "no plugin is installed yet"));
        this.regions = regions;
    }

    /** Denies everything to clients, saying why in {@code reason}. */
    public void close(String reason) {
        setNext(new ClosedGate(regions, reason));
    }

    /**
     * Puts the plugins in place. Call it only while no client is connected: a filter must have seen all connections.
     *
     * @param required names of the plugins without which the gate stays closed, outermost first
     * @param present the plugins by name
     * @return what keeps the gate closed, empty when it is open
     */
    public List<String> install(List<String> required, Map<String, BrokerPlugin> present) {
        List<String> reasons = new ArrayList<>();
        Map<String, BrokerPlugin> ordered = new LinkedHashMap<>();
        for (String name : required) {
            if (present.containsKey(name)) {
                ordered.put(name, present.get(name));
            } else {
                reasons.add("the required plugin '" + name + "' is missing");
            }
        }
        present.forEach(ordered::putIfAbsent);
        Broker chain = regions;
        List<String> names = new ArrayList<>(ordered.keySet());
        for (int i = names.size() - 1; i >= 0 && reasons.isEmpty(); i--) {
            String name = names.get(i);
            try {
                chain = ordered.get(name).installPlugin(chain);
            } catch (Exception e) {
                LOG.error("the plugin '{}' could not be installed", name, e);
                reasons.add("the plugin '" + name + "' could not be installed: " + e);
            }
        }
        if (reasons.isEmpty()) {
            setNext(chain);
        } else {
            close(String.join(", ", reasons));
        }
        return reasons;
    }
}
