package gatepost.api.request;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.function.Supplier;

/** A part of Gatepost that a call needs, and that may not be there. */
public final class Absent {

    private Absent() {}

    /**
     * @param feature of Karaf that brings it
     * @throws CallRefused while it is not there
     */
    public static <T> T orElse(Supplier<T> part, String feature) throws CallRefused {
        T there = part.get();
        if (there == null) {
            throw new CallRefused(Reason.UNAVAILABLE, "the feature " + feature + " is not there at the moment");
        }
        return there;
    }
}
