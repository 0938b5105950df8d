package gatepost.load;

import java.util.concurrent.TimeUnit;

/** What queues cost whose users are away: with a message that waits, and then idle. */
final class Queues {

    /** A hundred thousand new queues take longer than any other phase. */
    private static final int FILL_SECONDS = 600;

    private final Network network;
    private final Broker broker;
    private final Work work;
    private final ServerProcess server;
    private final Ledgers ledgers;
    private final Sending sending;
    private Memory before;
    private Ledger filled;
    private boolean drained;

    Queues(Network network, Broker broker, Work work, ServerProcess server, Ledgers ledgers, Sending sending) {
        this.network = network;
        this.broker = broker;
        this.work = work;
        this.server = server;
        this.ledgers = ledgers;
        this.sending = sending;
    }

    void run(Phase phase) throws Exception {
        Figures figures = new Figures();
        if (phase.kind() == Phase.Kind.FILL) {
            fill(phase, figures);
        } else if (filled == null) {
            throw new IllegalArgumentException("before drain there has to be fill");
        } else {
            drain(figures);
        }
        TimeUnit.MILLISECONDS.sleep(work.settle());
        Memory.asItIs(server).report(figures, before, "queue", work.users());
        figures.report(broker, work, phase.name());
    }

    /** @return messages that were never to be received: nobody has drained the queues since they were filled */
    int waiting() {
        return drained || filled == null ? 0 : filled.sent();
    }

    private void fill(Phase phase, Figures figures) throws Exception {
        before = Memory.afterCollection(server);
        drained = false;
        filled = ledgers.open(phase.number(), work.users());
        Traffic.Lot everybody = new Traffic.Lot(filled, work.allUsers(), work.body());
        Usage usage = new Usage(server);
        Sending.Span span = sending.send(
                phase.number(),
                number -> Traffic.inTurn(number, phase.number(), everybody),
                phase.persistent(),
                0,
                FILL_SECONDS,
                work.users());
        figures.add("queues", work.users()).add("queues_per_s", work.users() / span.seconds());
        usage.report(figures, filled.sent());
    }

    private void drain(Figures figures) throws Exception {
        drained = true;
        long begin = System.nanoTime();
        AllQueuesReader reader = new AllQueuesReader(broker, ledgers);
        network.open(reader).sync();
        sending.awaitArrivals(filled::received, filled.sent());
        reader.leave();
        figures.add("queues", work.users())
                .add("delivered_per_s", filled.received() * 1e9 / (System.nanoTime() - begin))
                .add(filled.faults());
    }
}
