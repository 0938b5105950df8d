package gatepost.contracts;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which trace something belongs to, as W3C's Trace Context says it in two headers. Gatepost takes part in no trace: it hands on what it
 * was given, to whoever gets the message.
 *
 * @param parent the value of {@value #PARENT}, well-formed
 * @param state the value of {@value #STATE}, of 1 to {@value #LONGEST} characters
 */
public record TraceContext(String parent, Optional<String> state) {

    /** The header that names the trace and the span, section 3.2. */
    public static final String PARENT = "traceparent";

    /** The header in which those who trace leave themselves notes, section 3.3. */
    public static final String STATE = "tracestate";

    /** Characters that have to be handed on, section 3.3.1.5; what is longer may go as a whole. */
    public static final int LONGEST = 512;

    /** Version 00; later ones may say more behind a dash. All zeros name nothing, and ff is no version: section 3.2.2. */
    private static final Pattern WELL_FORMED =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
                    + "(?:(?<!^00.{53})-[!-~]{0,456})?");

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,512}");

    /**
     * Reads both headers, and ignores what section 3.2.2 and 4.3 have ignored: a parent that is malformed, with it the state, and a state
     * that is malformed or too long.
     *
     * @param parent null when there is none
     * @param state null when there is none
     */
    public static Optional<TraceContext> of(String parent, String state) {
        return parent == null || !WELL_FORMED.matcher(parent).matches()
                ? Optional.empty()
                : Optional.of(new TraceContext(
                        parent,
                        Optional.ofNullable(state)
                                .filter(text -> PRINTABLE.matcher(text).matches())));
    }

    /** Has both among other values, under the names of the headers. */
    public void addTo(Map<String, ? super String> values) {
        values.put(PARENT, parent);
        state.ifPresent(text -> values.put(STATE, text));
    }
}
