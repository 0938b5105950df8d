package gatepost.store.quota;

/** Room that was taken for what is on its way. */
@FunctionalInterface
public interface Reservation extends AutoCloseable {

    Reservation NONE = () -> {};

    /** Gives it back: what came is counted by itself now. */
    @Override
    void close();
}
