package gatepost.contracts;

/** A transport cannot use an option of a connector. */
public final class OptionRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key of the option
     * @param reason what was expected, fit for an operator
     */
    public OptionRefused(String key, String reason, Throwable cause) {
        super(reason, cause);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
