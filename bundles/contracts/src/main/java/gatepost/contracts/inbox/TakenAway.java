package gatepost.contracts.inbox;

/** How a message is not waiting in an inbox any more, where no acknowledgement of a subscription says so. */
public enum TakenAway {
    /** Its owner has asked for that. */
    BY_REQUEST,
    /** An operator has made it done. */
    BY_OPERATOR,
    /** It was taken back: by who sent it, or by an administrator of the inbox. */
    WITHDRAWN
}
