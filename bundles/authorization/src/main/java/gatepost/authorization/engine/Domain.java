package gatepost.authorization.engine;

/** The two kinds of destination that entries speak of. An entry for one never says anything about the other. */
public enum Domain {
    QUEUE("queue://"),
    TOPIC("topic://");

    private final String prefix;

    Domain(String prefix) {
        this.prefix = prefix;
    }

    /** What a qualified name begins with: {@code queue://} or {@code topic://}. */
    public String prefix() {
        return prefix;
    }
}
