package gatepost.load;

/**
 * The load program's own warm-up, against no broker and in its own process: what it does for the first time takes it several times
 * as long, and while it is cold it says more about itself than about the server.
 *
 * @param messages that are not persistent, at full speed; 0: no rehearsal
 */
record Rehearsal(int messages) {

    private static final int PUBLISHERS = 4;
    private static final int USERS = 1_000;
    private static final int SECONDS = 4;

    static Rehearsal of(Arguments arguments) {
        return new Rehearsal(arguments.number("rehearsal", 100_000));
    }

    /**
     * Connects users, sends them the messages at full speed, and then some at a rate, for as long as the lead of the work takes, or four
     * seconds.
     */
    void run(Work work) throws Exception {
        if (messages == 0) {
            return;
        }
        System.out.println("rehearsal, without a broker:");
        try (Ceiling ceiling = new Ceiling()) {
            Broker none = Broker.of(new Arguments(
                    "--name=none",
                    "--stomp=127.0.0.1:" + ceiling.openStomp(0),
                    "--ws=ws://127.0.0.1:" + ceiling.openWs(0) + "/stomp",
                    "--login=",
                    "--user-login="));
            Work part = Work.of(new Arguments(
                    "--users=" + Math.min(USERS, work.users()),
                    "--connecting=" + work.connecting(),
                    "--ack=" + work.ack(),
                    "--window=" + work.window(),
                    "--body=" + work.body(),
                    "--patience=" + work.patience(),
                    "--seconds=" + Math.max(1, Math.min(SECONDS, work.lead())),
                    "--lead=1",
                    "--settle=0",
                    "--phases=connect,warmup:direct:" + PUBLISHERS + ":" + messages + ",rate:direct:2000"));
            if (!new Run(none, part, Turns.ALL).run()) {
                throw new IllegalStateException("the rehearsal failed");
            }
        }
        System.out.println("the work:");
    }
}
