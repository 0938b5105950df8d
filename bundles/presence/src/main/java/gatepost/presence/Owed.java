package gatepost.presence;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Of whom a subscription has not been told, each once. */
interface Owed {

    /** @return whether they were not among them */
    boolean add(Person person);

    boolean isEmpty();

    /** Takes one of them away, of at least one. */
    Person poll(People people);

    /** Of some that were named, first come, first told. */
    final class OfFew implements Owed {

        private Set<Person> all = Set.of();

        @Override
        public boolean add(Person person) {
            if (all.isEmpty()) {
                all = new LinkedHashSet<>(2);
            }
            return all.add(person);
        }

        @Override
        public boolean isEmpty() {
            return all.isEmpty();
        }

        @Override
        public Person poll(People people) {
            Person first = all.iterator().next();
            all.remove(first);
            if (all.isEmpty()) {
                all = Set.of();
            }
            return first;
        }
    }

    /** Of a hundred thousand maybe: a bit for each. In turn, so that none waits for ever for those who come and go all the time. */
    final class OfMany implements Owed {

        private final BitSet slots = new BitSet();
        private int count;
        private int next;

        @Override
        public boolean add(Person person) {
            if (slots.get(person.slot())) {
                return false;
            }
            slots.set(person.slot());
            count++;
            return true;
        }

        @Override
        public boolean isEmpty() {
            return count == 0;
        }

        @Override
        public Person poll(People people) {
            int slot = slots.nextSetBit(next);
            if (slot < 0) {
                slot = slots.nextSetBit(0);
            }
            slots.clear(slot);
            count--;
            next = slot + 1;
            return people.at(slot);
        }
    }
}
