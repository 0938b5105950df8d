package gatepost.store.check;

import gatepost.contracts.Printable;
import gatepost.store.journal.CheckedFile;
import gatepost.store.queue.StoreCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What {@code bin/store-check} runs. */
public final class Main {

    private static final int GOOD = 0;
    private static final int DAMAGED = 1;
    private static final int UNUSABLE = 2;

    private Main() {}

    /** @param arguments the folder, and {@code --queues} for a line for each queue */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** @return 0 where nothing is damaged, 1 where something is, 2 where there is nothing to look at */
    static int run(String[] arguments, PrintStream out, PrintStream errors) {
        boolean queues = arguments.length == 2 && arguments[1].equals("--queues");
        if (arguments.length != (queues ? 2 : 1) || arguments[0].startsWith("-")) {
            errors.println(
                    "expected FOLDER [--queues]: the broker's data folder, as data in etc/gatepost.broker.cfg says");
            return UNUSABLE;
        }
        try {
            StoreCheck check = StoreCheck.of(Path.of(arguments[0]));
            check.files().forEach(file -> print(file, out));
            if (queues) {
                check.queues().forEach(queue -> print(queue, out));
            }
            out.println(check.summary());
            return check.isGood() ? GOOD : DAMAGED;
        } catch (NotDirectoryException | NoSuchFileException | InvalidPathException e) {
            errors.println(arguments[0] + " is no folder");
        } catch (IOException e) {
            errors.println(arguments[0] + " cannot be read: " + e);
        }
        return UNUSABLE;
    }

    private static void print(StoreCheck.WaitingIn queue, PrintStream out) {
        String done = queue.done() == 0 ? "" : ", and " + queue.done() + " that are done";
        out.printf("%8d  %s%s%n", queue.messages(), Printable.whole(queue.queue()), done);
    }

    private static void print(CheckedFile file, PrintStream out) {
        String damage =
                file.damages() == 0 ? "" : " in " + file.damages() + " places, about " + file.damagedBytes() + " bytes";
        String note = file.note().isEmpty() ? "" : "; " + file.note();
        out.printf(
                "%s  %d bytes, %d records: %s%s%s%n",
                file.name(), file.bytes(), file.records(), file.state().text(), damage, note);
    }
}
