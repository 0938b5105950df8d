package gatepost.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** How much room there is on the disk of a folder, and how much there is in all. Asks the system each time somebody asks. */
public final class DiskRoom {

    private DiskRoom() {}

    /**
     * Has {@code NAME_disk_free_bytes} and {@code NAME_disk_bytes} among some metrics.
     *
     * @param name what both begin with
     * @param what the folder holds, as the help says it: "the logs"
     * @param folder where it is; while that is not known, or there is none, nothing is told
     */
    public static void register(
            String name, String what, Supplier<Optional<Path>> folder, PrometheusRegistry registry) {
        gauge(
                name + "_disk_free_bytes",
                "Bytes that Gatepost could still write to the disk of " + what,
                folder,
                File::getUsableSpace,
                registry);
        gauge(name + "_disk_bytes", "Bytes of the disk of " + what + " in all", folder, File::getTotalSpace, registry);
    }

    private static void gauge(
            String name,
            String help,
            Supplier<Optional<Path>> folder,
            ToLongFunction<File> bytes,
            PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> folder.get()
                        .map(Path::toFile)
                        .filter(File::isDirectory)
                        .ifPresent(there -> metric.call(bytes.applyAsLong(there))))
                .register(registry);
    }
}
