package gatepost.camel;

/** Headers of a Camel message that the component understands. None of them goes over the wire under this name. */
public final class GatepostHeaders {

    /**
     * Where this message goes instead of the endpoint's destination: {@code user.alice}, {@code queue://user.alice} or
     * {@code topic://news}. Being one of Camel's own headers, it is not taken from outside by Camel's components.
     */
    public static final String DESTINATION = "CamelGatepostDestination";

    /** What the message's header {@value #WIRE_MESSAGE_ID} is to be; made up when absent. */
    public static final String MESSAGE_ID = "CamelGatepostMessageId";

    /** The STOMP header by which a receiver can tell that a message came twice. */
    public static final String WIRE_MESSAGE_ID = "gatepost-message-id";

    /**
     * The header {@code gatepost-id} of a message that goes to an inbox. This one and the next three are not taken from outside either,
     * nor from a message that was received: whoever calls a route must not choose whose place its message takes.
     */
    public static final String ID = "CamelGatepostId";

    /** The header {@code gatepost-once}, likewise. */
    public static final String ONCE = "CamelGatepostOnce";

    /** The header {@code gatepost-collapse}, likewise. */
    public static final String COLLAPSE = "CamelGatepostCollapse";

    /** The header {@code gatepost-if-full}, likewise: {@code skip}. */
    public static final String IF_FULL = "CamelGatepostIfFull";

    /**
     * Who sent the message that was received: the name that its sender signed in with; absent where Gatepost itself made it. Being one
     * of Camel's own headers, no answer of another server takes its place on the way through a route.
     */
    public static final String USER = "CamelGatepostUser";

    /** The STOMP header that {@value #USER} comes from, which only Gatepost sets. */
    public static final String WIRE_USER = "gatepost-user";

    /** What an event is told by: the same when it is told again. */
    public static final String EVENT_ID = "CamelGatepostEventId";

    /** What happened, such as {@code message.undelivered}; {@value #USER} says to whom. */
    public static final String EVENT_TYPE = "CamelGatepostEventType";

    private GatepostHeaders() {}
}
