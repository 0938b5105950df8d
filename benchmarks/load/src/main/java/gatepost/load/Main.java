package gatepost.load;

/** Loads a running Gatepost; the README says how. */
public final class Main {

    private Main() {
    }

    /** @param arguments {@code users N} to print accounts for the users file, else {@link Options} of a run */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("users")) {
            for (int number = 0; number < Integer.parseInt(arguments[1]); number++) {
                System.out.println(User.name(number) + " = " + User.name(number) + ",_g_:users");
            }
            return;
        }
        if (!new Run(Options.of(arguments)).run()) {
            System.exit(1);
        }
    }
}
