package gatepost.broker.quota;

import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;

/** What is kept for one subscription, counted among what is kept for its user. Belongs to whoever guards it. */
final class KeptBytes {

    private final Charges users;
    private final String user;
    private Charge charge;
    private long bytes;

    KeptBytes(Charges users, String user) {
        this.users = users;
        this.user = user;
    }

    long bytes() {
        return bytes;
    }

    /** So many are kept now. */
    void is(long now) {
        if (now == bytes) {
            return;
        }
        if (bytes == 0) {
            charge = users.add(user, now, 1);
        } else if (now == 0) {
            users.subtract(charge, bytes, 1);
        } else {
            charge.add(now - bytes, 0);
        }
        bytes = now;
    }
}
