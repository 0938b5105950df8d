package gatepost.load;

import gatepost.load.table.Model;
import gatepost.load.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Loads a running broker; the README says how. */
public final class Main {

    private Main() {}

    /**
     * @param arguments {@code users N} to print accounts for Gatepost's users file, {@code ceiling STOMP_PORT WS_PORT} to serve
     *         without a broker, {@code table FILE...} and {@code model FILE...} to print what was measured, else the options of a run
     */
    public static void main(String... arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("users")) {
            for (int number = 0; number < Integer.parseInt(arguments[1]); number++) {
                System.out.println("load" + number + " = load" + number + ",_g_:users");
            }
            return;
        }
        if (arguments.length == 3 && arguments[0].equals("ceiling")) {
            try (Ceiling ceiling = new Ceiling()) {
                ceiling.openStomp(Integer.parseInt(arguments[1]));
                ceiling.openWs(Integer.parseInt(arguments[2]));
                ceiling.await();
            }
            return;
        }
        if (arguments.length > 1 && arguments[0].equals("table")) {
            System.out.print(new Table(lines(arguments)).markdown());
            return;
        }
        if (arguments.length > 1 && arguments[0].equals("model")) {
            System.out.print(new Model(lines(arguments)).markdown());
            return;
        }
        Arguments given = new Arguments(arguments);
        Broker broker = Broker.of(given);
        Work work = Work.of(given);
        Rehearsal rehearsal = Rehearsal.of(given);
        Turns turns = Turns.of(given);
        given.finish();
        rehearsal.run(work);
        if (!new Run(broker, work, turns).run()) {
            System.exit(1);
        }
    }

    /** @param arguments files after the first */
    private static Stream<String> lines(String... arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            lines.addAll(Files.readAllLines(Path.of(file)));
        }
        return lines.stream();
    }
}
