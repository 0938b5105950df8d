package gatepost.transport.frame;

import java.util.Set;

/** Who sent a frame: which of theirs may have a body (STOMP 1.2, "Body"), and which are not escaped (ibid., "Value Encoding"). */
public enum Speaker {
    CLIENT(Set.of("SEND"), Set.of("CONNECT", "STOMP"), StompVersion.V1_0),
    /** One that speaks STOMP 1.2. */
    SERVER(Set.of("MESSAGE", "ERROR"), Set.of("CONNECTED"), StompVersion.V1_2);

    private final Set<String> withBody;
    private final Set<String> unescaped;
    private final StompVersion first;

    Speaker(Set<String> withBody, Set<String> unescaped, StompVersion first) {
        this.withBody = withBody;
        this.unescaped = unescaped;
        this.first = first;
    }

    boolean mayHaveBody(String command) {
        return withBody.contains(command);
    }

    /** Whether it is one of those with which a session begins. */
    boolean isConnecting(String command) {
        return unescaped.contains(command);
    }

    /** @return what they speak until something else was agreed on */
    StompVersion firstVersion() {
        return first;
    }
}
