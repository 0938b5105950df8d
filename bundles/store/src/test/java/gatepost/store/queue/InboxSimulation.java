package gatepost.store.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Mark;
import gatepost.contracts.inbox.Marked;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Operation;
import gatepost.store.journal.SimulatedDisk;
import gatepost.store.journal.SimulatedJournal;
import gatepost.store.queue.Sent.Request;
import gatepost.store.quota.Admission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;

/**
 * Inboxes on a disk that fails. One life after another the store is started, used at random and stopped, killed or cut off from power; after
 * each start what is confirmed is there and in its state, no offset is given twice, and what is missing is told. All follows from the seed.
 */
final class InboxSimulation {

    private static final List<String> INBOXES = List.of("user.alice", "user.bob", "user.carol");
    private static final List<String> NAMES = List.of("seen", "device:a/b", "collapse:a/c");
    private static final int MOST = 60;

    /** How a life ended. */
    private enum End {
        STOPPED,
        CRASHED,
        DAMAGED
    }

    private final long seed;
    private final Random random;
    private final SimulatedDisk disk;
    private final int segmentSize;
    private final int block;
    private final Map<String, TreeMap<Long, Entry>> entries = new HashMap<>();
    private final Map<String, Map<String, Claims<String>>> notes = new HashMap<>();
    private final Map<String, String> epochs = new HashMap<>();
    private final Map<Request, List<Entry>> transactions = new HashMap<>();

    private SimulatedJournal simulated;
    private QueueStores stores;
    private long highest;
    private int lastNumber;
    private int lastTransaction;
    private int lastValue;
    private int lives;
    private long appends;
    private boolean everDamaged;

    InboxSimulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.disk = new SimulatedDisk(random);
        this.segmentSize = 2 << 10 << random.nextInt(4);
        this.block = 20 << random.nextInt(5);
        for (String inbox : INBOXES) {
            entries.put(inbox, new TreeMap<>());
            notes.put(inbox, new HashMap<>());
            NAMES.forEach(name -> notes.get(inbox).put(name, new Claims<>(null)));
        }
    }

    /** @throws AssertionError when anything is wrong; says how to run the same again */
    void run(int count) {
        try {
            start();
            for (lives = 0; lives < count; lives++) {
                End end = live();
                appends = disk.appends();
                restart();
                check(end);
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", life " + lives + ": " + e, e);
        }
    }

    private void start() throws IOException {
        simulated = new SimulatedJournal(disk, segmentSize);
        stores = new QueueStores(simulated.journal(), simulated::commits, new Admission(), block);
        stores.open();
        simulated.open();
    }

    private void restart() throws IOException {
        for (int tries = 0; tries < 3 && random.nextInt(4) == 0; tries++) {
            disk.cutAfter(1 + random.nextInt(20));
            try {
                start();
            } catch (SimulatedDisk.Cut e) {
                crash();
            }
            disk.kill();
        }
        start();
    }

    private End live() throws IOException {
        int steps = 1 + random.nextInt(150);
        boolean flips = random.nextInt(6) == 0;
        boolean fails = !flips && random.nextInt(4) == 0;
        if (!flips && random.nextInt(3) > 0) {
            disk.cutAfter(1 + random.nextInt(80));
        }
        try {
            for (int step = 0; step < steps; step++) {
                if (fails && random.nextInt(10) == 0) {
                    disk.failing(random.nextBoolean() ? 0 : 0.3);
                }
                step();
                look();
            }
            disk.failing(0);
            if (flips) {
                calm();
                everDamaged |= disk.flip();
                disk.kill();
                return End.DAMAGED;
            }
            if (random.nextInt(3) == 0) {
                calm();
                simulated.close();
                disk.powerCut();
                return End.STOPPED;
            }
        } catch (SimulatedDisk.Cut e) {
            look();
        }
        crash();
        return End.CRASHED;
    }

    private void crash() {
        if (random.nextBoolean()) {
            disk.kill();
        } else {
            disk.powerCut();
        }
    }

    private void step() throws IOException {
        String inbox = INBOXES.get(random.nextInt(INBOXES.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> send(inbox);
            case 4, 5, 6 -> done(inbox);
            case 7 -> remove(inbox);
            case 8 -> transact(inbox);
            case 9 -> {
                if (random.nextInt(10) == 0) {
                    purge(inbox);
                }
            }
            case 10 -> simulated.pass(TimeUnit.MILLISECONDS.toNanos(random.nextInt(6)));
            case 11 -> compare(inbox);
            case 12 -> note(inbox);
            case 13, 14 -> mark(inbox);
            case 15 -> sendAlong(inbox);
            case 16 -> spread();
            default -> turns(1 + random.nextInt(3));
        }
    }

    private void turns(int most) {
        for (int i = 0; i < most && simulated.turn(false); i++) {
            // goes on
        }
    }

    private void calm() {
        boolean idle = false;
        while (!idle) {
            turns(random.nextInt(20));
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
            idle = !simulated.turn(true);
        }
        look();
    }

    /** @return whether so many numbers can be had without waiting for this very thread */
    private boolean hasRoom(int count) {
        for (int i = 0; i < 20 && !stores.sequences().hasRoom(count); i++) {
            stores.sequences().ask(count, stores.commits());
            simulated.turn(true);
        }
        return stores.sequences().hasRoom(count);
    }

    private void send(String inbox) throws IOException {
        if (entries.get(inbox).size() > MOST || !hasRoom(1)) {
            return;
        }
        Message message = Sent.message(inbox, ++lastNumber);
        Durability stored = log(inbox).add(null, message, random.nextBoolean());
        note(inbox, (Long) message.getMessageId().getFutureOrSequenceLong(), new Request(stored));
    }

    private void sendAlong(String inbox) throws IOException {
        if (entries.get(inbox).size() > MOST || !hasRoom(1)) {
            return;
        }
        Message message = Sent.message(inbox, ++lastNumber);
        Optional<Entry> replaced = any(inbox)
                .filter(entry -> !entry.isRemoved() && !entry.sending().isFailed() && random.nextBoolean());
        List<Note> along = new ArrayList<>();
        NAMES.stream().filter(name -> random.nextBoolean()).forEach(name -> along.add(new Note(name, value())));
        long replaces = replaced.map(Entry::offset).orElse(0L);
        Durability stored = log(inbox).add(null, message, random.nextBoolean(), offset -> new Along(along, replaces));
        Entry entry = note(inbox, (Long) message.getMessageId().getFutureOrSequenceLong(), new Request(stored));
        replaced.ifPresent(gone -> gone.replacedBy(entry));
        along.forEach(said -> notes.get(inbox).get(said.name()).say(text(said.value()), entry));
    }

    /** One message for all, some of which the broker does not have. */
    private void spread() throws IOException {
        if (INBOXES.stream().anyMatch(inbox -> entries.get(inbox).size() > MOST) || !hasRoom(INBOXES.size() + 1)) {
            return;
        }
        INBOXES.stream()
                .filter(inbox -> random.nextBoolean())
                .forEach(inbox -> stores.find(inbox).ifPresent(QueueStore::detach));
        List<ActiveMQQueue> inboxes = INBOXES.stream().map(ActiveMQQueue::new).toList();
        SharedAdd shared = stores.store(new ActiveMQQueue("audience.all"))
                .spreading()
                .spread(
                        Sent.message("audience.all", ++lastNumber),
                        inboxes,
                        InboxLimits.NONE,
                        reach -> List.of(),
                        new Unheard());
        Request request = new Request(shared);
        long before = highest;
        for (String inbox : INBOXES) {
            long offset = stores.find(inbox).orElseThrow().messages().head();
            if (offset <= before) {
                throw new AssertionError(offset + " is given, which may have been given before: " + before);
            }
            highest = Math.max(highest, offset);
            Entry entry = new Entry(lastNumber, offset, request);
            entries.get(inbox).put(offset, entry);
            // done by then or not: it goes with the others'
            shared.whenSettled(() -> shared.failure().ifPresent(reason -> entry.removed(false)));
        }
    }

    private static final class Unheard implements Spreading.Listener {

        @Override
        public void arrived(ActiveMQQueue inbox, long offset, Message message) {
            if (!inbox.equals(message.getDestination())) {
                throw new AssertionError(inbox + " is told of a message of " + message.getDestination());
            }
        }

        @Override
        public void dropped(ActiveMQQueue inbox) {
            throw new AssertionError(inbox + " has no limit");
        }
    }

    private void note(String inbox) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        byte[] value = random.nextInt(4) == 0 ? null : value();
        Durability by = log(inbox).note(new Note(name, value), random.nextBoolean());
        notes.get(inbox).get(name).say(text(value), by);
    }

    private byte[] value() {
        return (++lastValue + "x".repeat(random.nextInt(8) == 0 ? random.nextInt(2_000) : 0)).getBytes(US_ASCII);
    }

    private static String text(byte[] value) {
        return value == null ? null : new String(value, US_ASCII);
    }

    private void mark(String inbox) {
        Mark mark = random.nextInt(3) > 0 ? Mark.READ : Mark.ARCHIVED;
        boolean on = random.nextInt(3) > 0;
        Optional<Entry> any = any(inbox);
        if (any.isEmpty()) {
            return;
        }
        boolean all = random.nextInt(3) == 0;
        long offset = any.get().offset();
        List<Entry> changed = entries.get(inbox).headMap(offset, true).values().stream()
                .filter(entry -> all || entry == any.get())
                .filter(entry -> !entry.isRemoved() && !entry.sending().isFailed())
                .filter(entry -> !log(inbox).isPending(entry.offset()))
                .filter(entry -> entry.marks(mark).now() != on)
                .toList();
        Optional<Marked> marked = all
                ? log(inbox).markUpTo(offset, mark, on, random.nextBoolean())
                : log(inbox).mark(offset, mark, on, random.nextBoolean());
        List<Long> offsets = marked.map(Marked::offsets).orElse(List.of());
        // damage may have brought back what the simulator has given up
        if (!everDamaged && !offsets.equals(changed.stream().map(Entry::offset).toList())) {
            throw new AssertionError(offsets + " were marked, and not " + changed);
        }
        changed.forEach(entry -> entry.marks(mark).say(on, marked.orElseThrow().stored()));
    }

    private Entry note(String inbox, long offset, Request sending) {
        if (offset <= highest) {
            throw new AssertionError(offset + " is given, which may have been given before: " + highest);
        }
        highest = offset;
        Entry entry = new Entry(lastNumber, offset, sending);
        entries.get(inbox).put(offset, entry);
        return entry;
    }

    private Optional<Entry> any(String inbox) {
        List<Entry> all = entries.get(inbox).values().stream()
                .filter(entry -> !log(inbox).isPending(entry.offset()))
                .filter(entry -> transactions.entrySet().stream()
                        .noneMatch(each ->
                                each.getKey().isOpen() && each.getValue().contains(entry)))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private void done(String inbox) {
        Optional<Entry> any = any(inbox).filter(Entry::isWaiting);
        if (any.isEmpty()) {
            return;
        }
        Entry entry = any.get();
        boolean refused = random.nextInt(3) == 0;
        boolean keep = random.nextInt(4) > 0;
        boolean written = log(inbox).inMemory(entry.offset()) == null;
        if (written) {
            entry.onDisk();
        }
        List<Note> along =
                random.nextInt(3) > 0 ? List.of() : List.of(new Note(NAMES.get(random.nextInt(NAMES.size())), value()));
        Durability by = log(inbox)
                .done(entry.offset(), refused, keep, random.nextBoolean(), along)
                .orElseThrow(() -> new AssertionError(entry + " did not wait"));
        along.forEach(said -> notes.get(inbox).get(said.name()).say(text(said.value()), by));
        if (keep) {
            entry.done(new Request(by), refused);
        } else {
            entry.removed(false);
        }
    }

    private void remove(String inbox) {
        any(inbox).filter(entry -> !entry.isRemoved()).ifPresent(entry -> {
            boolean trim = entry.isDone() && random.nextInt(3) > 0;
            log(inbox).remove(entry.offset(), trim, false);
            entry.removed(trim);
        });
    }

    private void transact(String inbox) throws IOException {
        TransactionId transaction = new LocalTransactionId(new ConnectionId("simulator"), ++lastTransaction);
        boolean refused = random.nextBoolean();
        int count = 1 + random.nextInt(3);
        if (!hasRoom(count)) {
            return;
        }
        Optional<Entry> taken = any(inbox).filter(Entry::isWaiting);
        taken.ifPresent(entry -> {
            if (log(inbox).inMemory(entry.offset()) == null) {
                entry.onDisk();
            }
            log(inbox).done(transaction, entry.offset(), refused, true);
        });
        int first = lastNumber + 1;
        for (int i = 0; i < count; i++) {
            Message message = Sent.message(inbox, first + i);
            message.setTransactionId(transaction);
            log(inbox).add(null, message, false);
        }
        QueueTransactions.Committing committing =
                stores.transactions().begin(transaction).orElseThrow();
        Request request = new Request(committing.group());
        List<Entry> all = new ArrayList<>();
        for (QueueTransactions.Sending sending : committing.sending()) {
            lastNumber++;
            all.add(note(inbox, sending.add().sequence(), request));
        }
        taken.ifPresent(entry -> {
            entry.done(request, refused);
            all.add(entry);
        });
        transactions.put(request, all);
    }

    private void purge(String inbox) {
        if (transactions.keySet().stream().anyMatch(Request::isOpen)) {
            return;
        }
        log(inbox);
        List<Note> kept = new ArrayList<>();
        NAMES.stream().filter(name -> random.nextBoolean()).forEach(name -> kept.add(new Note(name, value())));
        notes.get(inbox).values().forEach(Claims::freeze);
        List<Operation> records = Departure.all(stores.find(inbox).orElseThrow().messages(), kept);
        notes.get(inbox).forEach((name, said) -> {
            Optional<Note> first =
                    kept.stream().filter(note -> note.name().equals(name)).findAny();
            said.say(first.map(note -> text(note.value())).orElse(null), records.get(0));
        });
        entries.get(inbox).values().forEach(entry -> entry.removed(false));
        epochs.remove(inbox);
    }

    /** What can be read while it is in use. */
    private void compare(String inbox) throws IOException {
        InboxLog log = log(inbox);
        Map<String, byte[]> found = log.notes();
        notes.get(inbox).forEach((name, said) -> {
            if (!Objects.equals(said.now(), text(found.get(name)))) {
                throw new AssertionError(name + " is " + text(found.get(name)) + " and not " + said);
            }
        });
        for (Entry entry : entries.get(inbox).values()) {
            boolean open = transactions.entrySet().stream()
                    .anyMatch(each -> each.getKey().isOpen() && each.getValue().contains(entry));
            if (open || log.isPending(entry.offset())) {
                continue;
            }
            boolean gone = entry.isRemoved() || entry.sending().isFailed();
            if (log.isWaiting(entry.offset()) != entry.isWaiting()
                    || log.isDone(entry.offset()) != (entry.isDone() && !gone)) {
                throw new AssertionError(entry + " is in another state while it is in use");
            }
            if (!log.marks(entry.offset()).equals(gone ? Set.of() : entry.marks())) {
                throw new AssertionError(entry + " is marked " + log.marks(entry.offset()));
            }
            if (!gone && Sent.number(log.read(entry.offset()).orElseThrow()) != entry.number()) {
                throw new AssertionError(entry + " is another message");
            }
        }
    }

    private void check(End end) throws IOException {
        boolean exact = end != End.DAMAGED && !everDamaged;
        for (String inbox : INBOXES) {
            InboxLog log = log(inbox);
            TreeMap<Long, Entry> all = entries.get(inbox);
            String epoch = epochs.put(inbox, log.epoch());
            boolean other = !log.epoch().equals(epoch);
            boolean stored = all.values().stream().anyMatch(Entry::mustBeHere);
            if (exact && stored && epoch != null && other) {
                throw new AssertionError("the epoch of " + inbox + " was " + epoch + " and is " + log.epoch());
            }
            List<Entry> here = all.values().stream()
                    .filter(entry -> log.isWaiting(entry.offset()) || log.isDone(entry.offset()))
                    .toList();
            for (Entry entry : List.copyOf(all.values())) {
                boolean replaced = entry.isReplacedByOneOf(here);
                if (exact && here.contains(entry) && (replaced || entry.isSurelyReplaced())) {
                    throw new AssertionError(entry + " is there beside what came in its place");
                }
                if (!other && !replaced && isMissing(log, entry)) {
                    throw new AssertionError(entry + " is missing, and nothing is said of it");
                }
                if (!holds(log, entry, end, exact && !replaced)) {
                    all.remove(entry.offset());
                }
            }
            Map<String, byte[]> found = log.notes();
            notes.get(inbox).replaceAll((name, said) -> {
                String value = text(found.get(name));
                if (exact && !said.mayBe(value, here)) {
                    throw new AssertionError(name + " of " + inbox + " is " + value + " and not " + said);
                }
                return new Claims<>(value);
            });
            all.replaceAll((offset, entry) -> again(log, entry));
            int count = log.waiting() + log.history();
            if (exact && count != all.size()) {
                throw new AssertionError(count + " are in " + inbox + " and not " + all.size());
            }
        }
        transactions.clear();
    }

    /** @return whether it should be there, or be told as lost, and is not */
    private static boolean isMissing(InboxLog log, Entry entry) {
        boolean here = log.isWaiting(entry.offset()) || log.isDone(entry.offset());
        return !here && (entry.mustBeHere() || entry.isTrimmed()) && log.lost() < entry.offset();
    }

    /** @return whether it is there */
    private boolean holds(InboxLog log, Entry entry, End end, boolean exact) throws IOException {
        boolean waits = log.isWaiting(entry.offset());
        boolean done = log.isDone(entry.offset());
        boolean here = waits || done;
        if (here && log.read(entry.offset()).map(Sent::number).orElse(0) != entry.number() && exact) {
            throw new AssertionError(entry + " is another message");
        }
        if (exact) {
            if (!here && entry.mustBeHere()) {
                throw new AssertionError(entry + " is lost");
            }
            if (waits && entry.isSurelyDone() || done && !entry.mayBeDone()) {
                throw new AssertionError(entry + (waits ? " waits again" : " is done"));
            }
            if (done && entry.isDoneOnce() && log.isRefused(entry.offset()) != entry.isRefused()) {
                throw new AssertionError(entry + " is refused or is not");
            }
            for (Mark mark : Mark.values()) {
                if (here && !entry.marks(mark).mayBe(log.marks(entry.offset()).contains(mark), List.of())) {
                    throw new AssertionError(
                            entry + " is marked " + log.marks(entry.offset()) + " and not " + entry.marks(mark));
                }
            }
            if (here && (entry.mustBeGone(appends) || entry.isRemoved() && end == End.STOPPED)) {
                throw new AssertionError(entry + " came again");
            }
        }
        return here;
    }

    private static Entry again(InboxLog log, Entry entry) {
        Durability safe = new Durability();
        safe.safe();
        Entry found = new Entry(entry.number(), entry.offset(), new Request(safe));
        found.onDisk();
        if (log.isDone(entry.offset())) {
            found.done(new Request(safe), log.isRefused(entry.offset()));
        }
        found.marked(log.marks(entry.offset()));
        return found;
    }

    private void look() {
        entries.values().forEach(all -> all.values().forEach(entry -> entry.look(disk.appends())));
    }

    private InboxLog log(String inbox) {
        return stores.store(new ActiveMQQueue(inbox)).log();
    }
}
