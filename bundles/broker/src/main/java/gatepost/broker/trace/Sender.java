package gatepost.broker.trace;

/**
 * Who sent a message that has a name.
 *
 * @param id what the application calls the message
 */
record Sender(String name, String id) {

    @Override
    public String toString() {
        return name;
    }
}
