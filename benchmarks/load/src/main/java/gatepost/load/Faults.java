package gatepost.load;

/**
 * What must not be.
 *
 * @param lost sent and never received
 * @param doubled received again
 * @param misrouted received by somebody else
 * @param reordered received after one that the same publisher sent later to the same user
 */
record Faults(int lost, int doubled, int misrouted, int reordered) {

    int sum() {
        return lost + doubled + misrouted + reordered;
    }

    Faults and(Faults other) {
        return new Faults(
                lost + other.lost, doubled + other.doubled, misrouted + other.misrouted, reordered + other.reordered);
    }
}
