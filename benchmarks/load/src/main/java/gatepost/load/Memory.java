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

    /** @param unit what they are figures for one of, such as {@code user}: so many have come since then */
    void report(Figures figures, Memory before, String unit, int count) {
        report(figures);
        if (residentKib > 0 && count > 0) {
            heapKib.ifPresent(kib -> figures.add("heap_kib_per_" + unit, (kib - before.heapKib.orElse(0)) / count));
            figures.add("resident_kib_per_" + unit, (residentKib - before.residentKib) / count);
        }
    }
}
