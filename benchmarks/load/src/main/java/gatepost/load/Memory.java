package gatepost.load;

import java.util.OptionalDouble;

/**
 * What the server holds.
 *
 * @param heapKib objects alive; nothing when it is no Java process, or not looked at
 * @param residentKib what it takes of the machine
 * @param threads of it
 */
record Memory(OptionalDouble heapKib, double residentKib, double threads) {

    /** What is resident here is what the server has left after the collection that it takes to count its objects. */
    static Memory afterCollection(ServerProcess server) {
        if (!server.isKnown()) {
            return new Memory(OptionalDouble.empty(), 0, 0);
        }
        OptionalDouble heap = server.liveHeapKib();
        return new Memory(heap, server.residentKib(), server.threads());
    }

    /** What is resident here is what the server has taken by itself. */
    static Memory asItIs(ServerProcess server) {
        if (!server.isKnown()) {
            return new Memory(OptionalDouble.empty(), 0, 0);
        }
        double resident = server.residentKib();
        return new Memory(server.liveHeapKib(), resident, server.threads());
    }

    void report(Figures figures) {
        if (residentKib > 0) {
            heapKib.ifPresent(kib -> figures.add("heap_kib", kib));
            figures.add("resident_kib", residentKib).add("threads", threads);
        }
    }

    /** @param users that have come since then */
    void report(Figures figures, Memory before, int users) {
        report(figures);
        if (residentKib > 0 && users > 0) {
            heapKib.ifPresent(kib -> figures.add("heap_kib_per_user", (kib - before.heapKib.orElse(0)) / users));
            figures.add("resident_kib_per_user", (residentKib - before.residentKib) / users);
        }
    }
}
