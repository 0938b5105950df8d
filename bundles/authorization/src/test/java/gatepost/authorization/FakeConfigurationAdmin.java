package gatepost.authorization;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** A Config Admin that holds one configuration, and answers to nothing but the question for its properties. */
public final class FakeConfigurationAdmin {

    private Map<String, Object> properties = Map.of();

    public ConfigurationAdmin service() {
        return answering(ConfigurationAdmin.class, "listConfigurations",
                () -> new Configuration[] {answering(Configuration.class, "getProperties", () -> new Hashtable<>(properties))});
    }

    /** The event of a change to these properties. */
    ConfigurationEvent updated(Map<String, Object> changed) {
        properties = changed;
        @SuppressWarnings("unchecked")
        ServiceReference<ConfigurationAdmin> reference = answering(ServiceReference.class, "", () -> null);
        return new ConfigurationEvent(reference, ConfigurationEvent.CM_UPDATED, null, Authorization.PID);
    }

    private static <T> T answering(Class<T> type, String method, Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                return answer.get();
            }
            throw new UnsupportedOperationException(called.toString());
        }));
    }
}
