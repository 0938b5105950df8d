package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import jakarta.jms.InvalidDestinationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The devices of one inbox. Each belongs to an account, which need not be the owner's. A lost device holds nothing up: it is no more than
 * a place in the log. Any thread; devices come and go one at a time.
 */
final class Devices {

    private static final String NOTES = "device:";
    /** What is remembered of devices that were forgotten: their hashes, so that one that comes back is told. */
    private static final String FORGOTTEN = "forgotten";

    private static final int FORGOTTEN_MAX = 100;

    /** @param forgotten whether its place was remembered once, and is not any more */
    record Found(Device device, boolean known, boolean forgotten) {}

    private final MessageLog log;
    private final Supplier<DeviceLimits> limits;
    /** Made with the first of them, as are the others. */
    private volatile Map<String, Device> byKey = Collections.emptyMap();

    private Set<Integer> forgotten = Collections.emptySet();

    /** @param notes all that is remembered of the inbox */
    Devices(MessageLog log, Supplier<DeviceLimits> limits, Map<String, byte[]> notes) {
        this.log = log;
        this.limits = limits;
        notes.forEach((name, value) -> {
            if (name.startsWith(NOTES)) {
                String key = name.substring(NOTES.length());
                put(key, Device.of(key, value));
            }
        });
        ByteBuffer hashes = ByteBuffer.wrap(notes.getOrDefault(FORGOTTEN, new byte[0]));
        while (hashes.hasRemaining()) {
            remember(hashes.getInt());
        }
    }

    private static String key(String account, String name) {
        return account + "/" + name;
    }

    /** @throws InvalidDestinationException when the place of that device could not be remembered */
    synchronized void requireRoom(String account, String name) throws InvalidDestinationException {
        String key = key(account, name);
        if (byKey.containsKey(key)) {
            return;
        }
        if ((NOTES + key).getBytes(StandardCharsets.UTF_8).length > Note.NAME_MAX) {
            throw new InvalidDestinationException("the name of the account is too long for a device");
        }
        int number = limits.get().number();
        if (of(account).stream().filter(Device::isConnected).count() >= number) {
            throw new InvalidDestinationException("devices.max: an account may have " + number
                    + " devices in an inbox, and all of them are connected");
        }
    }

    /** A subscription of a device begins, for which there is room. One that is not known has what is done by now. */
    synchronized Found begin(String account, String name) {
        String key = key(account, name);
        long now = System.currentTimeMillis();
        Device device = byKey.get(key);
        boolean known = device != null;
        boolean wasForgotten = false;
        if (!known) {
            makeRoom(account);
            device = unknown(key, now);
            put(key, device);
            note(device, false);
            wasForgotten = forgotten.remove(key.hashCode());
            if (wasForgotten) {
                log.note(new Note(FORGOTTEN, hashes()), false);
            }
        }
        device.connected(1);
        device.use(now);
        return new Found(device, known, wasForgotten);
    }

    /** Those unused longest go. */
    private void makeRoom(String account) {
        List<Device> own = new ArrayList<>(of(account));
        own.sort(Comparator.comparingLong(Device::used));
        int tooMany = own.size() + 1 - limits.get().number();
        for (Device device : own) {
            if (tooMany > 0 && !device.isConnected()) {
                forget(device);
                tooMany--;
            }
        }
    }

    private Device unknown(String key, long now) {
        long head = log.head();
        long first = log.waitingAfter(Long.MIN_VALUE);
        Device device = new Device(key, first > head ? head : first - 1, now);
        for (long offset = first; offset <= head; offset = log.after(offset)) {
            if (log.isDone(offset)) {
                device.acknowledged(offset, now, log);
            }
        }
        return device;
    }

    private Collection<Device> of(String account) {
        return byKey.values().stream()
                .filter(device -> device.account().equals(account))
                .toList();
    }

    Collection<Device> all() {
        return byKey.values();
    }

    /** @return the device of one of its account's subscriptions */
    Optional<Device> find(String account, String name) {
        return Optional.ofNullable(byKey.get(key(account, name)));
    }

    /** A subscription has ended. */
    void end(Device device) {
        device.connected(-1);
        device.use(System.currentTimeMillis());
        if (byKey.get(device.key()) == device) {
            note(device, false);
        }
    }

    /**
     * A subscription of it has acknowledged a message.
     *
     * @param urgent whether somebody waits for the record of that
     */
    Durability acknowledged(Device device, long offset, boolean urgent) {
        device.acknowledged(offset, System.currentTimeMillis(), log);
        return note(device, urgent);
    }

    /** Its client has everything up to there, and waits for the record of that. */
    Durability hasUpTo(Device device, long offset) {
        device.hasUpTo(offset, log);
        device.use(System.currentTimeMillis());
        return note(device, true);
    }

    /** Its place has changed. */
    Durability note(Device device, boolean urgent) {
        // what is remembered last has to be what is so last
        synchronized (device) {
            return log.note(new Note(NOTES + device.key(), device.value()), urgent);
        }
    }

    /**
     * Forgets what was not used for too long.
     *
     * @param now milliseconds since 1970
     */
    synchronized void lookThrough(long now) {
        for (Device device : byKey.values()) {
            if (!device.isConnected() && now - device.used() >= limits.get().ageMillis()) {
                forget(device);
            }
        }
    }

    private void forget(Device device) {
        byKey.remove(device.key());
        log.note(new Note(NOTES + device.key(), null), false);
        remember(device);
        log.note(new Note(FORGOTTEN, hashes()), false);
    }

    private void put(String key, Device device) {
        if (!(byKey instanceof ConcurrentHashMap)) {
            byKey = new ConcurrentHashMap<>(1);
        }
        byKey.put(key, device);
    }

    private void remember(int hash) {
        if (!(forgotten instanceof LinkedHashSet)) {
            forgotten = new LinkedHashSet<>();
        }
        forgotten.add(hash);
    }

    private void remember(Device device) {
        forgotten.remove(device.key().hashCode());
        remember(device.key().hashCode());
        while (forgotten.size() > FORGOTTEN_MAX) {
            forgotten.remove(forgotten.iterator().next());
        }
    }

    private byte[] hashes() {
        ByteBuffer hashes = ByteBuffer.allocate(forgotten.size() * Integer.BYTES);
        forgotten.forEach(hashes::putInt);
        return hashes.array();
    }

    /** The log is going to be emptied. @return what is to be remembered after that: whom a gap has to be told */
    synchronized List<Note> kept() {
        byKey.values().stream().filter(device -> !device.isConnected()).forEach(this::remember);
        return forgotten.isEmpty() ? List.of() : List.of(new Note(FORGOTTEN, hashes()));
    }

    /** No device is known any more, nor that there was one; who is there is remembered no further. */
    synchronized void erased() {
        byKey.clear();
        forgotten.clear();
    }

    /**
     * The log was emptied: who is there begins anew.
     *
     * @param head the highest offset that was given
     */
    synchronized void purged(long head) {
        byKey.values().removeIf(device -> !device.isConnected());
        byKey.values().forEach(device -> {
            device.restart(head);
            note(device, false);
        });
    }
}
