package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.store.journal.Operation;
import gatepost.store.journal.SimulatedDisk;
import gatepost.store.journal.SimulatedJournal;
import gatepost.store.queue.Sent.Presence;
import gatepost.store.queue.Sent.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.TransactionId;

/**
 * Queues on a disk that fails, and what must be in them. One life after another the store is started, used at random and stopped, killed
 * or cut off from power; after each start every message has to be there that was confirmed and not acknowledged, in its order, and none
 * whose acknowledgement was confirmed. All follows from the seed.
 */
final class Simulation {

    private static final List<String> QUEUES = List.of("user.alice", "user.bob", "user.carol", "app.inbox");
    private static final int MOST_WAITING = 60;

    private final long seed;
    private final Random random;
    private final SimulatedDisk disk;
    private final int segmentSize;
    private final Map<Integer, Sent> sent = new TreeMap<>();
    /** What was removed, and sent, by each transaction that is not confirmed. */
    private final Map<Request, List<Sent>> transactions = new LinkedHashMap<>();
    /** Which records have to do with a message: whatever was sent or removed at once is in one, and so is what a queue is called. */
    private final Map<Integer, Set<Object>> records = new HashMap<>();
    /** Transactions that may have said first what a queue is called. */
    private final Map<String, Set<Object>> definitions = new HashMap<>();

    private SimulatedJournal simulated;
    private QueueStores stores;
    private int lastNumber;
    private int lastTransaction;
    private int lives;
    /** How often something was written up to the end of a life: what a start writes says nothing of what was before. */
    private long appends;

    private boolean flipped;
    /** What is damaged is said again at each start, until its file is cleaned. */
    private boolean everFlipped;

    private long damage;

    Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.disk = new SimulatedDisk(random);
        this.segmentSize = 2 << 10 << random.nextInt(4);
    }

    /** @throws AssertionError when something is lost, comes again or is wrong; says how to run the same again */
    void run(int count) {
        try {
            start();
            for (lives = 0; lives < count; lives++) {
                live();
                appends = disk.appends();
                restart();
                check();
                flipped = false;
                damage = 0;
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", life " + lives + ": " + e, e);
        }
    }

    private void start() throws IOException {
        simulated = new SimulatedJournal(disk, segmentSize);
        stores = new QueueStores(simulated.journal(), simulated::commits);
        stores.open();
        simulated.open();
    }

    private void restart() throws IOException {
        for (int tries = 0; tries < 3 && random.nextInt(4) == 0; tries++) {
            // a crash while it starts
            disk.cutAfter(1 + random.nextInt(20));
            try {
                start();
            } catch (SimulatedDisk.Cut e) {
                crash();
            }
            // it may have been said, and the file put aside, just before the crash
            damage += stores.damage();
            disk.kill();
        }
        start();
        damage += stores.damage();
    }

    private void live() throws Exception {
        boolean flips = random.nextInt(5) == 0;
        int steps = 1 + random.nextInt(120);
        if (!flips && random.nextInt(3) > 0) {
            disk.cutAfter(1 + random.nextInt(80));
        }
        boolean fails = !flips && random.nextInt(4) == 0;
        try {
            for (int step = 0; step < steps; step++) {
                if (fails && random.nextInt(10) == 0) {
                    disk.failing(random.nextBoolean() ? 0 : 0.3);
                    disk.room(random.nextBoolean() ? Long.MAX_VALUE : disk.size() + random.nextInt(segmentSize));
                }
                step();
                look();
            }
            disk.failing(0);
            if (flips) {
                // a flipped bit and a power cut at the same time is one fault more than one copy can bear
                calm();
                flipped = disk.flip();
                if (random.nextBoolean()) {
                    useDamaged();
                }
                calm();
                damage += stores.damage();
                disk.kill();
            } else if (random.nextInt(3) == 0) {
                calm();
                simulated.close();
                disk.powerCut();
            } else {
                crash();
            }
        } catch (SimulatedDisk.Cut e) {
            look();
            crash();
        }
    }

    /** Goes on with the flipped bit there, so that the cleaning and those who read come upon it. */
    private void useDamaged() throws Exception {
        for (int step = 0; step < 40; step++) {
            int number = ++lastNumber;
            String queue = QUEUES.get(random.nextInt(QUEUES.size()));
            Message message = Sent.message(queue, number);
            store(queue).addMessage(null, message);
            note(new Sent(
                    number,
                    queue,
                    sequence(message),
                    new Request(Durability.of(message.getMessageId()).orElseThrow())));
            turns(10);
            look();
        }
        stores.all().forEach(store -> {
            try {
                numbers(store);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void crash() {
        if (random.nextBoolean()) {
            disk.kill();
        } else {
            disk.powerCut();
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> send(random.nextInt(3) == 0);
            case 4, 5, 6, 7 -> acknowledge();
            case 8 -> transact();
            case 9 -> {
                if (random.nextInt(10) == 0) {
                    empty();
                } else if (random.nextInt(4) == 0) {
                    forget();
                }
            }
            case 10 ->
                simulated.pass(
                        random.nextInt(10) == 0
                                ? TimeUnit.SECONDS.toNanos(2)
                                : TimeUnit.MILLISECONDS.toNanos(random.nextInt(6)));
            case 11 -> compare();
            default -> turns(1 + random.nextInt(3));
        }
    }

    private void turns(int most) {
        for (int i = 0; i < most && simulated.turn(false); i++) {
            // goes on
        }
    }

    private void calm() {
        do {
            turns(random.nextInt(20));
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
        } while (simulated.turn(true));
        look();
    }

    private void send(boolean delayed) throws IOException {
        if (sent.values().stream().filter(Sent::isWaiting).count() > MOST_WAITING) {
            return;
        }
        int number = ++lastNumber;
        String queue = QUEUES.get(random.nextInt(QUEUES.size()));
        Message message = Sent.message(queue, number);
        if (delayed) {
            Add add = store(queue).messages().begin(null, message);
            message.getMessageId().setFutureOrSequenceLong(add.sequence());
            stores.commits().submitDelayed(add);
            note(new Sent(number, queue, add.sequence(), new Request(add)));
        } else {
            store(queue).addMessage(null, message);
            note(new Sent(
                    number,
                    queue,
                    sequence(message),
                    new Request(Durability.of(message.getMessageId()).orElseThrow())));
        }
    }

    private void acknowledge() {
        List<Sent> waiting = waiting();
        if (waiting.isEmpty()) {
            return;
        }
        Sent message = waiting.get(random.nextInt(random.nextBoolean() ? Math.min(3, waiting.size()) : waiting.size()));
        boolean wasOpen = message.sending().isOpen();
        Durability removal = store(message.queue())
                .messages()
                .remove(message.sequence(), random.nextBoolean(), random.nextInt(4) > 0);
        if (removal != null) {
            message.removals().add(new Request(removal));
        } else if (wasOpen && message.sending().isSafe()) {
            message.takenBack();
        } else {
            throw new AssertionError("there was nothing to acknowledge of " + message);
        }
    }

    private void transact() throws IOException {
        TransactionId transaction = new LocalTransactionId(new ConnectionId("simulator"), ++lastTransaction);
        List<Sent> concerned = new ArrayList<>();
        List<Sent> taken = waiting();
        Collections.shuffle(taken, random);
        taken = new ArrayList<>(taken.subList(0, Math.min(taken.size(), random.nextInt(4))));
        for (Sent message : taken) {
            Message taking = Sent.message(message.queue(), message.number());
            taking.getMessageId().setFutureOrSequenceLong(message.sequence());
            MessageAck ack = new MessageAck(taking, MessageAck.INDIVIDUAL_ACK_TYPE, 1);
            ack.setTransactionId(transaction);
            store(message.queue()).removeMessage(null, ack);
        }
        Map<Integer, Message> messages = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int number = ++lastNumber;
            Message message = Sent.message(QUEUES.get(random.nextInt(QUEUES.size())), number);
            message.setTransactionId(transaction);
            store(message.getDestination().getPhysicalName()).addMessage(null, message);
            messages.put(number, message);
        }
        Optional<QueueTransactions.Committing> committing =
                stores.transactions().begin(transaction);
        if (committing.isEmpty()) {
            return;
        }
        Request request = new Request(committing.get().group());
        List<QueueTransactions.Sending> sending = committing.get().sending();
        int at = 0;
        for (Map.Entry<Integer, Message> each : messages.entrySet()) {
            Sent message = new Sent(
                    each.getKey(),
                    each.getValue().getDestination().getPhysicalName(),
                    sending.get(at++).add().sequence(),
                    request);
            note(message);
            definitions
                    .computeIfAbsent(message.queue(), name -> new HashSet<>())
                    .add(request.durability());
            concerned.add(message);
        }
        taken.forEach(message -> message.removals().add(request));
        concerned.addAll(taken);
        transactions.put(request, concerned);
    }

    private void empty() {
        String queue = QUEUES.get(random.nextInt(QUEUES.size()));
        if (transactions.keySet().stream().anyMatch(Request::isOpen)) {
            // the broker empties no queue in the middle of a transaction of it
            return;
        }
        List<Sent> all = sent.values().stream()
                .filter(message -> message.queue().equals(queue) && message.isWaiting())
                .toList();
        Map<Sent, Boolean> open = new HashMap<>();
        all.forEach(message -> open.put(message, message.sending().isOpen()));
        List<Operation> drop = Departure.all(store(queue).messages(), List.of());
        for (Sent message : all) {
            if (open.get(message) && message.sending().isSafe()) {
                message.takenBack();
            } else {
                message.removals().add(new Request(drop.get(0)));
            }
        }
    }

    private void forget() {
        String queue = QUEUES.get(random.nextInt(QUEUES.size()));
        store(queue).detach();
        stores.forgetIdle(0);
    }

    /** What can be read of a queue while it is in use. */
    private void compare() throws IOException {
        String queue = QUEUES.get(random.nextInt(QUEUES.size()));
        Set<Integer> open = new HashSet<>();
        transactions.forEach((request, messages) -> {
            if (request.isOpen()) {
                messages.forEach(message -> open.add(message.number()));
            }
        });
        List<Integer> found = numbers(store(queue)).stream()
                .filter(number -> !open.contains(number))
                .toList();
        List<Integer> expected = sent.values().stream()
                .filter(message -> message.queue().equals(queue) && message.isWaiting())
                .map(Sent::number)
                .filter(number -> !open.contains(number))
                .toList();
        if (!found.equals(expected)) {
            throw new AssertionError(queue + " holds " + found + " and not " + expected + " while it is in use");
        }
    }

    /** What was found at a start, which is what holds from then on. */
    private void check() throws IOException {
        Map<Integer, String> found = new TreeMap<>();
        Map<Integer, Long> sequences = new HashMap<>();
        for (QueueStore store : stores.all()) {
            String queue = store.getDestination().getPhysicalName();
            int last = 0;
            for (Message message : store.first(Integer.MAX_VALUE)) {
                int number = Sent.number(message);
                if (number <= last) {
                    throw new AssertionError(number + " comes after " + last + " in " + queue);
                }
                last = number;
                if (found.put(number, queue) != null) {
                    throw new AssertionError(number + " came twice");
                }
                sequences.put(number, sequence(message));
            }
        }
        damage = Math.max(damage, stores.damage());
        for (Sent message : sent.values()) {
            Set<Object> of = records.computeIfAbsent(message.number(), number -> new HashSet<>());
            of.add(message.queue());
            of.addAll(definitions.getOrDefault(message.queue(), Set.of()));
            of.add(message.sending().durability());
            message.removals().forEach(removal -> of.add(removal.durability()));
        }
        Deviations deviations = deviations(found);
        if (flipped && !deviations.areOfOneRecord()) {
            throw new AssertionError("one bit was flipped, and more than one record is wrong: " + deviations);
        }
        if (!deviations.isEmpty() && (!flipped || damage == 0)) {
            throw new AssertionError(deviations + (flipped ? ", a bit was flipped, and nothing was said of it" : ""));
        }
        everFlipped |= flipped;
        if (!everFlipped && damage > 0) {
            throw new AssertionError("damage is reported and there is none");
        }
        sent.clear();
        transactions.clear();
        Durability safe = new Durability();
        safe.safe();
        found.forEach(
                (number, queue) -> sent.put(number, new Sent(number, queue, sequences.get(number), new Request(safe))));
    }

    private Deviations deviations(Map<Integer, String> found) {
        Deviations deviations = new Deviations(records);
        for (Map.Entry<Integer, String> each : found.entrySet()) {
            Sent message = sent.get(each.getKey());
            if (message == null) {
                deviations.add(each.getKey() + " came again, which was gone before", each.getKey());
            } else if (!message.queue().equals(each.getValue())) {
                deviations.add(message + " is in " + each.getValue(), message.number());
            }
        }
        for (Sent message : sent.values()) {
            Presence expected = message.afterACrash(appends);
            boolean here = found.containsKey(message.number());
            if (expected == Presence.HERE && !here) {
                deviations.add(message + " is lost", message.number());
            } else if (expected == Presence.GONE && here) {
                deviations.add(message + " came again", message.number());
            }
        }
        transactions.forEach((request, messages) -> {
            Set<Boolean> done = new HashSet<>();
            for (Sent message : messages) {
                boolean here = found.containsKey(message.number());
                boolean other = message.removals().stream()
                        .anyMatch(removal -> removal != request && removal.done(appends) != Presence.GONE);
                if (message.sending() == request && !other) {
                    done.add(here);
                } else if (message.removals().contains(request)
                        && message.sending().isSafe()
                        && !other) {
                    done.add(!here);
                }
            }
            if (done.size() > 1) {
                messages.forEach(
                        message -> deviations.add("half of a transaction is there: " + message, message.number()));
            }
        });
        return deviations;
    }

    private List<Sent> waiting() {
        Set<Request> open = new HashSet<>(transactions.keySet());
        open.removeIf(request -> !request.isOpen());
        return new ArrayList<>(sent.values().stream()
                .filter(message -> message.isWaiting() && !open.contains(message.sending()))
                .toList());
    }

    private void note(Sent message) {
        sent.put(message.number(), message);
    }

    /** Notes what has failed by now. */
    private void look() {
        long appends = disk.appends();
        sent.values().forEach(message -> {
            message.sending().look(appends);
            message.removals().forEach(removal -> removal.look(appends));
        });
    }

    private QueueStore store(String queue) {
        return stores.store(new ActiveMQQueue(queue));
    }

    private static List<Integer> numbers(QueueStore store) throws IOException {
        return store.first(Integer.MAX_VALUE).stream().map(Sent::number).toList();
    }

    private static long sequence(Message message) {
        return (Long) message.getMessageId().getFutureOrSequenceLong();
    }
}
