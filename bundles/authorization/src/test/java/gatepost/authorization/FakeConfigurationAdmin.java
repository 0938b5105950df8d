package gatepost.authorization;

import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** A Config Admin that holds one configuration, and answers to nothing but the question for its properties. */
public final class FakeConfigurationAdmin {

    private Map<String, Object> properties = Map.of();

    public ConfigurationAdmin service() {
        Configuration only =
                Components.answering(Configuration.class, "getProperties", () -> new Hashtable<>(properties));
        return Components.answering(ConfigurationAdmin.class, "listConfigurations", () -> new Configuration[] {only});
    }

    /** The event of a change to these properties. */
    ConfigurationEvent updated(Map<String, Object> changed) {
        properties = changed;
        @SuppressWarnings("unchecked")
        ServiceReference<ConfigurationAdmin> reference = Components.answering(ServiceReference.class, "", () -> null);
        return new ConfigurationEvent(reference, ConfigurationEvent.CM_UPDATED, null, Authorization.PID);
    }
}
