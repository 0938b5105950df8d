package gatepost.load;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Who gets a publisher's next message. */
@FunctionalInterface
interface Traffic {

    /**
     * Users who get messages of one size.
     *
     * @param ledger where they are noted
     * @param body bytes of a message
     */
    record Lot(Ledger ledger, int[] users, int body) {}

    /** @param user who gets the message, of that lot */
    record Pick(Lot lot, int user) {}

    Pick next();

    /** @return always a random one; the seed makes each publisher's choice another one, and the same in each run */
    static Traffic random(long seed, Lot lot) {
        return random(seed, lot, lot, 0);
    }

    /** @param share of the messages that go to a few special users, 0 to 1 */
    static Traffic random(long seed, Lot many, Lot few, double share) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            Lot lot = random.nextDouble() < share ? few : many;
            return new Pick(lot, lot.users()[random.nextInt(lot.users().length)]);
        };
    }

    /** @return everybody, each publisher those of its own; after the last one it begins again */
    static Traffic inTurn(int publisher, int publishers, Lot lot) {
        AtomicInteger next = new AtomicInteger(publisher);
        return () -> new Pick(lot, lot.users()[next.getAndAdd(publishers) % lot.users().length]);
    }
}
