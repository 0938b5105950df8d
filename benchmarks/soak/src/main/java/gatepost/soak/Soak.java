package gatepost.soak;

import gatepost.itests.harness.Gatepost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code MINUTES KILL_EVERY_MINUTES SEED}: starts a distribution, and has everything happen to it. Ends with status 1 when something was
 * lost, came twice after it was settled, came out of order, or grew.
 */
public final class Soak {

    private static final int USERS = 40;
    private static final int PUBLISHERS = 2;
    private static final long SAMPLE_SECONDS = 60;
    private static final long EDIT_SECONDS = 45;
    private static final long TICK = TimeUnit.SECONDS.toNanos(1);
    private static final String MAP = "gatepost.authorization.cfg";
    private static final String OWN = "queue://user.{user}  read=users  admin=users";

    private final List<String> users = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Gatepost gatepost = Gatepost.unpack();
    private final Random random;
    private final long begin = System.nanoTime();
    private int life = 1;

    private Soak(long seed) {
        random = new Random(seed);
        Map<String, String> lines = new TreeMap<>();
        for (int i = 0; i < USERS; i++) {
            users.add("soak-" + i);
            ledgers.add(new Ledger(users.get(i)));
            lines.put(users.get(i), users.get(i) + ",users");
        }
        gatepost.configure("gatepost.users.properties", lines);
    }

    public static void main(String[] arguments) {
        long minutes = Long.parseLong(arguments[0]);
        long kill = Long.parseLong(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        Soak soak = new Soak(seed);
        List<String> faults;
        try {
            faults = soak.run(TimeUnit.MINUTES.toSeconds(minutes), TimeUnit.MINUTES.toSeconds(kill));
        } finally {
            soak.actors.forEach(Actor::close);
            soak.gatepost.close();
        }
        faults.forEach(System.out::println);
        System.out.println(faults.isEmpty() ? "nothing was lost, and nothing grew" : "FAILED, seed " + seed);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private List<String> run(long seconds, long kill) {
        gatepost.start();
        begin();
        System.out.println(
                "| Start | Second | Heap MiB | Disk MiB | Files | Threads | Promised | Sessions | Broken off |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        long nextKill = kill;
        long nextSample = SAMPLE_SECONDS;
        long nextEdit = EDIT_SECONDS;
        while (elapsed() < seconds) {
            LockSupport.parkNanos(TICK);
            if (elapsed() >= nextEdit) {
                edit();
                nextEdit += EDIT_SECONDS;
            }
            if (elapsed() >= nextSample) {
                sample();
                nextSample += SAMPLE_SECONDS;
            }
            if (elapsed() >= nextKill) {
                gatepost.kill();
                gatepost.start();
                life++;
                nextKill += kill;
            }
        }
        return end();
    }

    private void begin() {
        for (int i = 0; i < PUBLISHERS; i++) {
            int mine = i;
            List<Integer> to = new ArrayList<>();
            for (int user = mine; user < USERS; user += PUBLISHERS) {
                to.add(user);
            }
            actors.add(new Publisher(
                    gatepost,
                    to.stream().map(users::get).toList(),
                    to.stream().map(ledgers::get).toList(),
                    random.nextLong()));
        }
        for (int i = 0; i < USERS; i++) {
            readers.add(new Reader(gatepost, users.get(i), ledgers.get(i), random.nextLong()));
        }
        actors.addAll(readers);
        actors.forEach(Actor::start);
    }

    /** Nobody may read for a moment: all are cut, and find everything when they come back. */
    private void edit() {
        gatepost.apply(MAP, Map.of("entry.own-queue", OWN.replace("read=users", "read=nobody-at-all")));
        gatepost.apply(MAP, Map.of("entry.own-queue", OWN));
    }

    private void sample() {
        Sample sample = Sample.of(gatepost, life, elapsed());
        samples.add(sample);
        System.out.printf(
                "| %d | %d | %d | %d | %d | %d | %d | %d | %d |%n",
                sample.life(),
                sample.seconds(),
                sample.heap() >> 20,
                sample.disk() >> 20,
                sample.files(),
                sample.threads(),
                ledgers.stream().mapToLong(Ledger::countPromised).sum(),
                actors.stream().mapToLong(Actor::sessions).sum(),
                actors.stream().mapToLong(Actor::broken).sum());
    }

    private List<String> end() {
        actors.forEach(Actor::close);
        readers.forEach(Reader::drain);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            faults.addAll(ledgers.get(i).faults());
            if (ledgers.get(i).missing() > 0) {
                faults.add(users.get(i) + ": " + ledgers.get(i).missing() + " messages that had a RECEIPT are lost");
            }
        }
        faults.addAll(Growth.of(samples));
        // a publisher's session lasts until Gatepost or the soak ends: what it was promised says whether it had one
        readers.stream()
                .filter(reader -> reader.sessions() == 0)
                .forEach(reader -> faults.add("a reader had no session that ended well: " + reader.lastBreak()));
        ledgers.stream()
                .filter(ledger -> ledger.countPromised() == 0)
                .forEach(ledger -> faults.add("a publisher had no RECEIPT for a user"));
        System.out.printf(
                "%,d messages had a RECEIPT; %,d sessions, and %,d that were broken off, over %d starts%n",
                ledgers.stream().mapToLong(Ledger::countPromised).sum(),
                actors.stream().mapToLong(Actor::sessions).sum(),
                actors.stream().mapToLong(Actor::broken).sum(),
                life);
        return faults;
    }

    private long elapsed() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
