package gatepost.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.awaitility.Awaitility;

/** The heap of a running Gatepost, asked over JMX. */
public final class Heap {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Heap() {}

    /** @return bytes that are in use after a full collection */
    public static long live(Gatepost gatepost) {
        try (JMXConnector jmx = connected(gatepost)) {
            MemoryMXBean memory =
                    ManagementFactory.getPlatformMXBean(jmx.getMBeanServerConnection(), MemoryMXBean.class);
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It may not be there yet: it starts beside the connectors. */
    @SuppressWarnings("BanJNDI") // it asks this machine
    private static JMXConnector connected(Gatepost gatepost) {
        return Awaitility.await("JMX is there")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> JMXConnectorFactory.connect(
                                gatepost.jmx(), Map.of(JMXConnector.CREDENTIALS, gatepost.administrator())),
                        found -> true);
    }
}
