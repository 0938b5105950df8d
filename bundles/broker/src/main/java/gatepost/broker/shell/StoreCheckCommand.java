package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Bytes;
import gatepost.shell.Listing;
import gatepost.store.journal.CheckedFile;
import gatepost.store.queue.StoreCheck;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code gatepost:store-check}: what is in the store's journal, and what of it is damaged. */
@Service
@Command(
        scope = "gatepost",
        name = "store-check",
        description = "Reads the store's journal, and says what of it is damaged; changes nothing",
        detailedDescription = "classpath:store-check.txt")
public final class StoreCheckCommand extends AnsweringCommand {

    @Argument(name = "folder", description = "A data folder, such as a backup's; Gatepost's own where none is named")
    @Completion(FileCompleter.class)
    private String folder;

    @Reference
    private EmbeddedBroker broker;

    @Override
    protected Answer answer() throws Exception {
        StoreCheck check = StoreCheck.of(folder == null ? broker.storeFolder() : Path.of(folder));
        Listing list = new Listing("File", "State", "Records", "Bytes", "Damages", "Damaged bytes", "Note")
                .ifEmpty("The journal has no files yet")
                .note(check.summary());
        for (CheckedFile file : check.files()) {
            list.row(
                    file.name(),
                    file.state().text(),
                    file.records(),
                    new Bytes(file.bytes()),
                    file.damages(),
                    new Bytes(file.damagedBytes()),
                    file.note());
        }
        return Answer.of(list);
    }
}
