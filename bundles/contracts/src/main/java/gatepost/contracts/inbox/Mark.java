package gatepost.contracts.inbox;

/** What the owner can say of a message of the log, waiting or done. */
public enum Mark {
    READ,
    ARCHIVED
}
