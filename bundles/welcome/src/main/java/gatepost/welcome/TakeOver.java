package gatepost.welcome;

import gatepost.contracts.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over who was greeted by a Gatepost before this one, once: into what is remembered in the inboxes, and only when that is on the disk
 * does the old file go. A crash in between has it done again, which changes nothing. For one thread.
 */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
    private static final int AT_A_TIME = 10_000;
    private static final long PATIENCE_SECONDS = 5;

    private final Path file;
    private boolean done;
    private String trouble = "";

    /** @param folder of the old file */
    TakeOver(Path folder) {
        this.file = folder.resolve(GreetedJournal.FILE);
    }

    /**
     * Waits for the disk.
     *
     * @return whether there is nothing to take over any more; else it is to be called again in a while
     */
    boolean complete(GreetedUsers users) {
        if (!done) {
            try {
                if (Files.exists(file)) {
                    take(GreetedJournal.read(file), users);
                    remove();
                }
                done = true;
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(trouble)) {
                    trouble = reason;
                    LOG.info(
                            "who was greeted is not taken over from {} yet, and nobody is greeted before: {}",
                            file,
                            reason);
                }
            }
        }
        return done;
    }

    private void take(GreetedJournal old, GreetedUsers users) throws IOException {
        List<String> greeted =
                old.greeted().keySet().stream().filter(users::mayHaveInbox).toList();
        List<Durability> stored = new ArrayList<>();
        for (String user : greeted) {
            stored.add(users.greeted(user));
            if (old.seen(user) > users.lastSeen(user)) {
                stored.add(users.seen(user, old.seen(user)));
            }
            if (stored.size() >= AT_A_TIME) {
                await(stored);
            }
        }
        await(stored);
        for (String user : greeted) {
            if (!users.isGreeted(user)) {
                throw new IOException("the inbox of " + user + " was emptied meanwhile");
            }
        }
        LOG.info(
                "{} users who were greeted are taken over from {}, and {} who can have no inbox are not",
                greeted.size(),
                file,
                old.greeted().size() - greeted.size());
    }

    private static void await(List<Durability> stored) throws IOException {
        for (Durability each : stored) {
            each.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        stored.clear();
    }

    private void remove() throws IOException {
        Path folder = file.getParent();
        Files.delete(file);
        try (var left = Files.newDirectoryStream(folder)) {
            for (Path other : left) {
                // half of a file that was to take the old one's place
                Files.delete(other);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException e) {
            LOG.debug("somebody else has removed it", e);
        }
    }
}
