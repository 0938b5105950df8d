package gatepost.load;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run: the phases that were asked for, one after the other, on the same users. */
final class Run {

    private static final long SEED = 20_261_124;

    private final Broker broker;
    private final Work work;
    private final Turns turns;
    private final ServerProcess server;
    private final Ledgers ledgers;
    private int failures;

    Run(Broker broker, Work work, Turns turns) {
        this.broker = broker;
        this.work = work;
        this.ledgers = new Ledgers(work.tabs());
        this.turns = turns;
        this.server = new ServerProcess(broker.pid());
    }

    /** @return whether no message and no user was lost, and every phase came to its end */
    boolean run() throws Exception {
        try (Network network = new Network(broker)) {
            Crowd crowd = new Crowd(network, broker, work, ledgers);
            Sending sending = new Sending(network, broker, work);
            Queues queues = new Queues(network, broker, work, server, ledgers, sending);
            for (Phase phase : work.phases()) {
                try (Turns.Turn turn = turns.take()) {
                    run(phase, crowd, sending, queues);
                }
            }
            Faults faults = ledgers.faults().and(new Faults(-queues.waiting(), 0, 0, 0));
            report(
                    "end",
                    new Figures().add(faults).add("foreign", ledgers.foreign()).add("dropped", crowd.dropped()));
            crowd.losses().forEach(System.err::println);
            boolean good = failures == 0 && faults.sum() == 0 && crowd.dropped() == 0;
            crowd.leave();
            return good;
        }
    }

    private void run(Phase phase, Crowd crowd, Sending sending, Queues queues) throws Exception {
        try {
            switch (phase.kind()) {
                case CONNECT -> connect(phase, crowd);
                case WARMUP, FULL -> unicast(phase, crowd, sending, phase.number(), 0);
                case RATE -> {
                    lead(phase, sending);
                    unicast(phase, crowd, sending, 1, phase.number());
                }
                case MANY -> {
                    lead(phase, sending);
                    Ledger many = ledgers.outside();
                    CompletableFuture<Void> meanwhile = sending.sendToMany(many, phase.persistent(), work.seconds());
                    unicast(phase, crowd, sending, 1, phase.number());
                    meanwhile.get(work.patience(), TimeUnit.SECONDS);
                    report(phase.name(), new Figures().add("sent_to_many", many.sent()));
                }
                case STALLED -> stalled(phase, crowd, sending);
                case AWAY -> away(phase, crowd, sending);
                case FILL, DRAIN -> queues.run(phase);
                default -> throw new AssertionError(phase);
            }
        } catch (ExecutionException | TimeoutException e) {
            // what a broker does to one phase shall not keep the others from being measured
            failures++;
            System.err.println(phase.name() + " failed: " + e);
            report(phase.name(), new Figures().add("failed", 1).add("dropped", crowd.dropped()));
        }
    }

    private void connect(Phase phase, Crowd crowd) throws Exception {
        Figures figures = new Figures();
        Memory before = Memory.afterCollection(server);
        Usage usage = new Usage(server);
        Crowd.Arrival arrival = crowd.arrive(true);
        figures.add("connected", arrival.there())
                .add("failed", work.connections() - arrival.there())
                .add("connected_per_s", arrival.there() / arrival.seconds())
                .add("connect", arrival.each());
        usage.report(figures, arrival.there());
        TimeUnit.MILLISECONDS.sleep(work.settle());
        Memory.asItIs(server).report(figures, before, "user", arrival.there());
        report(phase.name(), figures);
    }

    /** What a broker and this program do at full speed is not what they do for a lone message: Java compiles that anew. */
    private void lead(Phase phase, Sending sending) throws Exception {
        Ledger ledger = ledgers.open(1, work.users());
        Traffic.Lot everybody = new Traffic.Lot(ledger, work.allUsers(), work.body());
        sending.send(1, number -> Traffic.random(SEED, everybody), phase.persistent(), phase.number(), work.lead(), 0);
        sending.awaitArrivals(ledger::received, ledger.expected());
    }

    private void unicast(Phase phase, Crowd crowd, Sending sending, int publishers, int rate) throws Exception {
        Ledger ledger = ledgers.open(publishers, work.users());
        Traffic.Lot everybody = new Traffic.Lot(ledger, work.allUsers(), work.body());
        int seconds = phase.kind() == Phase.Kind.WARMUP ? 4 * work.seconds() + 30 : work.seconds();
        Usage usage = new Usage(server);
        Sending.Span span = sending.send(
                publishers,
                number -> Traffic.random(SEED + number, everybody),
                phase.persistent(),
                rate,
                seconds,
                phase.messages());
        sending.awaitArrivals(ledger::received, ledger.expected());
        Figures figures = new Figures()
                .add("sent", ledger.sent())
                .add("received", ledger.received())
                .add("messages_per_s", ledger.received() * 1e9 / (ledger.lastReceived() - span.begin()))
                .add("confirmed_per_s", ledger.sent() / span.seconds());
        usage.report(figures, ledger.received());
        report(
                phase.name(),
                latencies(figures, ledger, rate).add(ledger.faults()).add("dropped", crowd.dropped()));
    }

    private void stalled(Phase phase, Crowd crowd, Sending sending) throws Exception {
        Ledger others = ledgers.open(1, work.users());
        Ledger those = ledgers.open(1, work.users());
        Ledger leadOfOthers = ledgers.open(1, work.users());
        Ledger leadOfThose = ledgers.open(1, work.users());
        int rate = phase.number() + work.stalledRate();
        crowd.read(false);
        Figures figures = new Figures();
        try {
            sending.send(
                    1, number -> stalled(leadOfOthers, leadOfThose, rate), phase.persistent(), rate, work.lead(), 0);
            sending.awaitArrivals(leadOfOthers::received, leadOfOthers.expected());
            Usage usage = new Usage(server);
            sending.send(1, number -> stalled(others, those, rate), phase.persistent(), rate, work.seconds(), 0);
            sending.awaitArrivals(others::received, others.expected());
            figures.add("sent", others.sent())
                    .add("received", others.received())
                    .add("stalled_received_meanwhile", those.received());
            usage.report(figures, others.received());
            Memory.asItIs(server).report(figures);
        } finally {
            crowd.read(true);
        }
        sending.awaitArrivals(leadOfThose::received, leadOfThose.expected());
        sending.awaitArrivals(those::received, those.expected());
        report(
                phase.name(),
                latencies(figures, others, rate)
                        .add("stalled_sent", those.sent())
                        .add("stalled_received", those.received())
                        .add(others.faults().and(those.faults()))
                        .add("dropped", crowd.dropped()));
    }

    private Traffic stalled(Ledger others, Ledger those, int rate) {
        return Traffic.random(
                SEED,
                new Traffic.Lot(others, work.users(false), work.body()),
                new Traffic.Lot(those, work.users(true), work.stalledBody()),
                (double) work.stalledRate() / rate);
    }

    private void away(Phase phase, Crowd crowd, Sending sending) throws Exception {
        crowd.leave();
        TimeUnit.MILLISECONDS.sleep(work.settle());
        Ledger ledger = ledgers.open(phase.number(), work.users());
        Traffic.Lot everybody = new Traffic.Lot(ledger, work.allUsers(), work.body());
        Sending.Span stored = sending.send(
                phase.number(),
                number -> Traffic.random(SEED + number, everybody),
                phase.persistent(),
                0,
                work.patience(),
                work.away());
        Crowd.Arrival arrival = crowd.arrive(false);
        TimeUnit.MILLISECONDS.sleep(work.settle());
        Usage usage = new Usage(server);
        long back = System.nanoTime();
        crowd.subscribe();
        sending.awaitArrivals(ledger::received, ledger.expected());
        Figures figures = new Figures()
                .add("sent", ledger.sent())
                .add("received", ledger.received())
                .add("stored_per_s", ledger.sent() / stored.seconds())
                .add("back", arrival.there())
                .add("back_per_s", arrival.there() / arrival.seconds())
                .add("delivered_per_s", ledger.received() * 1e9 / (ledger.lastReceived() - back));
        usage.report(figures, ledger.received());
        report(phase.name(), figures.add(ledger.faults()).add("dropped", crowd.dropped()));
    }

    private static Figures latencies(Figures figures, Ledger ledger, int rate) {
        if (rate > 0) {
            figures.add("from_due", ledger.fromDue());
        }
        return figures.add("from_sent", ledger.fromSent());
    }

    private void report(String phase, Figures figures) throws IOException {
        figures.report(broker, work, phase);
    }
}
