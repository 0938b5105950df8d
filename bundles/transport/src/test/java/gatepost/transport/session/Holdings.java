package gatepost.transport.session;

/** Of tests that are not about what a user may have. */
final class Holdings {

    /** Of a session that is nobody's, and so has no limit. */
    static final Holding NONE = new Holding(null, null);

    private Holdings() {}
}
