package gatepost.benchmarks.gate;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Destination;
import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.EntrySyntax;
import gatepost.authorization.engine.Grants;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one decision costs, by the number of entries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecisionBenchmark {

    /** The shipped map and as many entries more as it takes. */
    @Param({"10", "10000"})
    private int entries;

    private EntryMap map;
    private final User alice = new User("alice", List.of("users"));
    private final User dotted = new User("bob.builder@example.com", List.of("users", "staff", "berlin"));
    private final User admin = new User("system", List.of("admins"));
    private final Destination own = Destination.queue("user.alice");
    private final Destination dottedOwn = Destination.queue("user.bob.builder@example.com");
    private final Destination others = Destination.queue("user.bob");
    private final Destination deep = Destination.queue("team.7.project.4711.events.created.by.somebody.else.today");
    private final Destination wildcard = Destination.queue("user.*");

    @Setup
    public void compile() {
        List<Entry> all = new ArrayList<>();
        add(all, "admins", "queue://> read=admins write=admins admin=admins");
        add(all, "own-queue", "queue://user.{user} read=users admin=users");
        add(all, "to-app", "queue://app.inbox read=admins write=users admin=users");
        add(all, "topics", "topic://> read=admins write=admins admin=admins");
        add(all, "welcome", "queue://user.> write=gatepost-welcome admin=gatepost-welcome");
        String[] shapes = {
            "team.%d.>", "team.%d.project.%d.*", "team.*.project.%d.events.>", "user.team%d.{user}", "a%d.b.c"
        };
        for (int i = 0; all.size() < entries; i++) {
            String pattern = shapes[i % shapes.length].replace("%d", Integer.toString(i));
            add(all, "e" + i, "queue://" + pattern + " read=group" + i % 50 + ",other write=group" + i % 7);
        }
        map = new EntryMap(all, Grants.NOBODY);
    }

    private static void add(List<Entry> all, String name, String text) {
        all.add(EntrySyntax.entry(name, text, problem -> {
                    throw new IllegalArgumentException(problem);
                })
                .orElseThrow());
    }

    @Benchmark
    public Decision aUserReadsTheirOwnQueue() {
        return map.decide(alice, Operation.READ, own);
    }

    @Benchmark
    public Decision aUserWithADottedNameReadsTheirOwnQueue() {
        return map.decide(dotted, Operation.READ, dottedOwn);
    }

    @Benchmark
    public Decision aUserIsDeniedAnothersQueue() {
        return map.decide(alice, Operation.READ, others);
    }

    @Benchmark
    public Decision anAdministratorSendsToAUser() {
        return map.decide(admin, Operation.WRITE, own);
    }

    @Benchmark
    public Decision aUserIsDeniedADeepName() {
        return map.decide(dotted, Operation.WRITE, deep);
    }

    @Benchmark
    public Decision aUserIsDeniedAWildcard() {
        return map.decide(alice, Operation.READ, wildcard);
    }
}
