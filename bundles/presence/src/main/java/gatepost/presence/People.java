package gatepost.presence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Whom something is kept of, by name and by slot. One thread makes and forgets them; any may look somebody up by name. */
final class People {

    private final ConcurrentNavigableMap<String, Person> byName = new ConcurrentSkipListMap<>();
    private final ArrayList<Person> bySlot = new ArrayList<>();
    private final BitSet taken = new BitSet();

    /** @return {@code null} for nobody; any thread */
    Person find(String name) {
        return byName.get(name);
    }

    /** @return all behind that name, in order; any thread */
    Iterable<Person> after(String name) {
        return byName.tailMap(name, false).values();
    }

    Iterable<Person> all() {
        return byName.values();
    }

    Person make(String name) {
        int slot = taken.nextClearBit(0);
        taken.set(slot);
        Person person = new Person(name, slot);
        if (slot == bySlot.size()) {
            bySlot.add(person);
        } else {
            bySlot.set(slot, person);
        }
        byName.put(name, person);
        return person;
    }

    Person at(int slot) {
        return bySlot.get(slot);
    }

    /** Forgets somebody if nothing of them need be kept. */
    void release(Person person) {
        if (person.isNobody() && byName.remove(person.name(), person)) {
            bySlot.set(person.slot(), null);
            taken.clear(person.slot());
            if (byName.isEmpty()) {
                // it stays as large as it ever was otherwise
                bySlot.clear();
                bySlot.trimToSize();
            }
        }
    }
}
