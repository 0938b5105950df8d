package gatepost.events.feed;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is.
 *
 * @param wall may be set, and go back
 * @param nanos only goes on, from wherever it began
 */
public record Clocks(InstantSource wall, LongSupplier nanos) {

    public static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);

    /** @return milliseconds since 1970 */
    public long millis() {
        return wall.millis();
    }

    public long now() {
        return nanos.getAsLong();
    }
}
