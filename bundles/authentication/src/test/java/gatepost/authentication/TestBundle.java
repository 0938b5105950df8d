package gatepost.authentication;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A bundle that remembers which services it has registered. */
final class TestBundle {

    private final List<Registered> registered = new CopyOnWriteArrayList<>();

    private record Registered(Class<?> type, Object service, Dictionary<?, ?> properties) {}

    BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("registerService")) {
                        return null;
                    }
                    Registered entry =
                            new Registered((Class<?>) arguments[0], arguments[1], (Dictionary<?, ?>) arguments[2]);
                    registered.add(entry);
                    return registration(entry);
                });
    }

    private ServiceRegistration<?> registration(Registered entry) {
        return (ServiceRegistration<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unregister") && !registered.remove(entry)) {
                        throw new IllegalStateException("unregistered already");
                    }
                    return null;
                });
    }

    <T> List<T> services(Class<T> type) {
        return registered.stream()
                .filter(entry -> entry.type() == type)
                .map(entry -> type.cast(entry.service()))
                .toList();
    }

    Object property(Class<?> type, String name) {
        return registered.stream()
                .filter(entry -> entry.type() == type)
                .findFirst()
                .orElseThrow()
                .properties()
                .get(name);
    }

    boolean isEmpty() {
        return registered.isEmpty();
    }
}
