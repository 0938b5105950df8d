package gatepost.metrics.health;

import java.util.List;

/** A service of a bundle that can tell whether its part of Gatepost is well. */
public interface HealthCheck {

    /** The service property that names the check, for those who ask whether it is there at all. */
    String NAME = "gatepost.health";

    /** @return what keeps Gatepost from serving clients, each a phrase for an operator; empty while all is well */
    List<String> problems();

    /** @return whether a restart of the process is the only cure for what is wrong */
    default boolean needsRestart() {
        return false;
    }
}
