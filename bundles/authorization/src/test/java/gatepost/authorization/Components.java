package gatepost.authorization;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Supplier;

/** What OSGi does for components: it calls those of their methods that nobody else may, and has objects of its own. */
public final class Components {

    private Components() {}

    /** Calls a component's method of this name and number of arguments, whoever may call it. */
    public static void call(Object component, String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(component.getClass().getDeclaredMethods())
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(
                        () -> new NoSuchMethodException(component.getClass().getName() + "." + name));
        method.setAccessible(true);
        try {
            method.invoke(component, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(name + " failed", e.getCause());
        }
    }

    /** @return an object that answers to one method, and to nothing else */
    public static <T> T answering(Class<T> type, String method, Supplier<Object> answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.get();
                    }
                    throw new UnsupportedOperationException(called.toString());
                }));
    }
}
