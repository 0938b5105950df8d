package gatepost.camel;

import java.util.Optional;

/** A consumer that may have nothing to take although its route runs. */
public interface Hindered {

    /** @return why nothing can come now; nothing when it can; any thread */
    Optional<String> problem();
}
