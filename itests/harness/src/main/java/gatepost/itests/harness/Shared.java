package gatepost.itests.harness;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What all classes of a suite share, such as a server: it is made before the first of them and closed after the last. */
public final class Shared {

    private Shared() {}

    /**
     * To be called before each class.
     *
     * @param make is called once
     * @return always the same
     */
    public static <T extends AutoCloseable> T of(ExtensionContext context, Class<T> type, Supplier<T> make) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(type))
                .getOrComputeIfAbsent(type, any -> make.get(), type);
    }
}
