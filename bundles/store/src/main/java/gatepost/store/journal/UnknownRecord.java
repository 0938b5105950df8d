package gatepost.store.journal;

/** A record is whole, and this version of Gatepost does not know what it means: a newer one has written it. */
final class UnknownRecord extends IllegalStateException {

    private static final long serialVersionUID = 1;

    UnknownRecord(String message) {
        super(message);
    }
}
