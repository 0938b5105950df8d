package gatepost.configuration;

import java.nio.file.Path;
import java.util.List;

/** What was seen of one file, and what was last done about it. Used by one thread. */
final class WatchedFile {

    private final Path file;
    private FileStamp seen;
    private FileStamp done;
    private ConfigurationFile content;
    private boolean refused;

    WatchedFile(Path file) {
        this.file = file;
    }

    /**
     * Looks at the file.
     *
     * @return whether it has changed and settled, or could not be read the last time
     */
    boolean isDue() {
        FileStamp now = FileStamp.of(file);
        boolean settled = now.equals(seen);
        seen = now;
        return settled && now.exists() && (refused || !now.equals(done));
    }

    /**
     * Whether this content may mean something else than the one before although its values are the same: what was wrong with
     * either of them, or that one of the two has no bytes.
     */
    boolean isAnother(ConfigurationFile next) {
        List<Problem> before = content == null ? List.of() : content.problems();
        boolean begun = content != null && (content.size() == 0) != (next.size() == 0);
        return (content != null || refused) && (refused || begun || !before.equals(next.problems()));
    }

    void taken(ConfigurationFile next) {
        content = next;
        done = seen;
        refused = false;
    }

    void refused() {
        done = seen;
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }
}
