package gatepost.store.journal;

import java.io.IOException;

/** What was on the disk is not what was written there: reading it again does not help. */
public final class DamagedRecord extends IOException {

    private static final long serialVersionUID = 1;

    DamagedRecord(String message) {
        super(message);
    }
}
