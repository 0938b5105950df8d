package gatepost.load;

/** Loads a running broker; the README says how. */
public final class Main {

    private Main() {
    }

    /** @param arguments {@code users N} to print accounts for Gatepost's users file, else the options of a run */
    public static void main(String... arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("users")) {
            for (int number = 0; number < Integer.parseInt(arguments[1]); number++) {
                System.out.println("load" + number + " = load" + number + ",_g_:users");
            }
            return;
        }
        Arguments given = new Arguments(arguments);
        Broker broker = Broker.of(given);
        Work work = Work.of(given);
        given.finish();
        if (!new Run(broker, work).run()) {
            System.exit(1);
        }
    }
}
