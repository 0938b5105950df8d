package gatepost.store.queue;

import gatepost.store.journal.CheckedFile;
import gatepost.store.journal.JournalCheck;
import gatepost.store.quota.Charges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * What is in a store's journal, and what of it is damaged. Nothing is changed, and the store may be in use: what is written during the look may
 * be missing then. Topics, with their durable subscriptions, are not in the journal and not looked at.
 *
 * @param files of the journal, by name
 * @param queues that messages are in, those in which most wait first
 */
public record StoreCheck(List<CheckedFile> files, List<WaitingIn> queues) {

    /** In the broker's data folder. */
    public static final String FOLDER = "queues";

    /**
     * @param queue where so many messages wait
     * @param done how many are kept in it though nobody waits for them any more: only an inbox has such
     */
    public record WaitingIn(String queue, int messages, int done) {}

    /**
     * Looks at a store; takes as long as reading all of it does, and some 30 bytes of memory for each message that waits.
     *
     * @param folder the broker's data folder, or the journal's own in it
     * @throws IOException when it is no folder, or cannot be read
     */
    public static StoreCheck of(Path folder) throws IOException {
        Path journal = Files.isDirectory(folder.resolve(FOLDER)) ? folder.resolve(FOLDER) : folder;
        if (!Files.isDirectory(journal)) {
            throw new NotDirectoryException(folder.toString());
        }
        Recovery recovery = new Recovery(new Charges(), message -> null);
        List<CheckedFile> files = JournalCheck.of(journal, recovery);
        List<WaitingIn> queues = recovery.queues().stream()
                .map(StoreCheck::in)
                .filter(queue -> queue.messages() > 0 || queue.done() > 0)
                .sorted(Comparator.comparingInt(WaitingIn::messages).reversed().thenComparing(WaitingIn::queue))
                .toList();
        return new StoreCheck(files, queues);
    }

    /** @return whether nothing is lost, as far as the files tell */
    public boolean isGood() {
        return files.stream().allMatch(file -> file.state().isGood());
    }

    /** @return messages that wait */
    public long messages() {
        return queues.stream().mapToLong(WaitingIn::messages).sum();
    }

    /** @return messages of inboxes that are done and kept */
    public long done() {
        return queues.stream().mapToLong(WaitingIn::done).sum();
    }

    private static WaitingIn in(FoundQueue queue) {
        return new WaitingIn(
                queue.name(),
                queue.contents().size(),
                queue.contents().history().size());
    }

    /** @return a sentence for people */
    public String summary() {
        long bad = files.stream().filter(file -> !file.state().isGood()).count();
        long occupied = queues.stream().filter(queue -> queue.messages() > 0).count();
        String waiting = messages() + " messages wait in " + occupied + " queues";
        waiting += done() == 0 ? "" : ", " + done() + " are kept as history";
        return bad == 0
                ? "Nothing is damaged. " + waiting
                : bad + " of " + files.size() + " files are not whole. " + waiting;
    }
}
