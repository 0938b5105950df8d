package gatepost.authentication;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Services that are registered by hand, taken back last first. */
final class Registrations implements AutoCloseable {

    private final BundleContext context;
    private final ConcurrentLinkedDeque<ServiceRegistration<?>> registered = new ConcurrentLinkedDeque<>();

    Registrations(BundleContext context) {
        this.context = context;
    }

    <T> void add(Class<T> type, T service, Map<String, ?> properties) {
        registered.push(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }

    /** Registers a service and only then takes the ones before it back, so that there is always one. */
    <T> void replaceWith(Class<T> type, T service, Map<String, ?> properties) {
        int before = registered.size();
        add(type, service, properties);
        for (int i = 0; i < before; i++) {
            registered.removeLast().unregister();
        }
    }

    @Override
    public void close() {
        while (!registered.isEmpty()) {
            registered.pop().unregister();
        }
    }
}
