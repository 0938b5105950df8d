package gatepost.load;

import java.util.SplittableRandom;

/** Who gets a publisher's next message: a random one of many users, or now and then one of a few special ones. */
final class Traffic {

    /**
     * Users who get messages of one size.
     *
     * @param ledger where they are noted
     * @param body bytes of a message
     */
    record Lot(Ledger ledger, int[] users, int body) {
    }

    /** @param user who gets the message, of that lot */
    record Pick(Lot lot, int user) {
    }

    private final SplittableRandom random;
    private final Lot many;
    private final Lot special;
    private final double share;

    /**
     * @param seed makes each publisher's choice another one, and the same in each run
     * @param special {@code null} for none
     * @param share of the messages that go to special users, 0 to 1
     */
    Traffic(long seed, Lot many, Lot special, double share) {
        this.random = new SplittableRandom(seed);
        this.many = many;
        this.special = special;
        this.share = share;
    }

    Pick next() {
        Lot lot = special != null && random.nextDouble() < share ? special : many;
        return new Pick(lot, lot.users()[random.nextInt(lot.users().length)]);
    }
}
