package gatepost.routes;

import gatepost.configuration.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices changes of the files in a folder. A change counts once a second look finds the same: whoever writes a file slowly, or
 * replaces it by another, is waited for. For one thread.
 */
final class RouteFolder {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);

    private final Path folder;
    private final Listener listener;
    private final Map<String, FileStamp> taken = new HashMap<>();
    private Map<String, FileStamp> lastLook = new HashMap<>();

    /** Hears of changes. */
    interface Listener {

        /** A file is new, or has changed. */
        void changed(String name, String text);

        /** A file is gone. */
        void removed(String name);
    }

    RouteFolder(Path folder, Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Looks for changes once. */
    void look() throws IOException {
        Map<String, FileStamp> found = find();
        Set<String> names = new HashSet<>(found.keySet());
        names.addAll(taken.keySet());
        for (String name : names) {
            FileStamp now = found.get(name);
            boolean settled = Objects.equals(now, lastLook.get(name));
            if (settled && !Objects.equals(now, taken.get(name))) {
                take(name, now);
            }
        }
        lastLook = found;
    }

    private void take(String name, FileStamp now) throws IOException {
        if (now == null) {
            taken.remove(name);
            listener.removed(name);
            return;
        }
        String text;
        try {
            text = Files.readString(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", folder.resolve(name), e.toString());
            taken.put(name, now);
            return;
        }
        taken.put(name, now);
        if (text.isBlank()) {
            LOG.info("{} is empty: waiting for its content", name);
        } else {
            listener.changed(name, text);
        }
    }

    private Map<String, FileStamp> find() throws IOException {
        Map<String, FileStamp> found = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.filter(RouteFolder::isRouteFile)::iterator) {
                FileStamp stamp = FileStamp.of(file);
                // or it went while the folder was read
                if (stamp.exists()) {
                    found.put(file.getFileName().toString(), stamp);
                }
            }
        }
        return found;
    }

    private static boolean isRouteFile(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".xml")) && Files.isRegularFile(file);
    }
}
