package gatepost.authentication.realm;

/** What it takes to check a password. */
public enum Effort {
    /** Nothing worth a word. */
    NONE,
    /** A hash: a good part of a second of a processor. */
    HASH,
    /** A question to a directory or a database, which may not answer for seconds. */
    DIRECTORY
}
