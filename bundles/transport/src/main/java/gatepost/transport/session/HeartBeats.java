package gatepost.transport.session;

/**
 * The heart-beats that both sides agreed on (STOMP 1.2, "Heart-beating").
 *
 * @param send milliseconds after which something is sent to the client, 0 for never
 * @param receive milliseconds within which the client sends something, 0 for whenever it likes
 */
record HeartBeats(int send, int receive) {

    /**
     * @param header the client's {@code heart-beat} header, or {@code null}
     * @param canSend shortest interval that the server offers, 0 for none
     * @param wants shortest interval that the server asks for, 0 for none
     */
    static HeartBeats negotiate(String header, int canSend, int wants) throws Refusal {
        if (header == null) {
            return new HeartBeats(0, 0);
        }
        String[] parts = header.split(",", -1);
        try {
            if (parts.length == 2) {
                int clientSends = milliseconds(parts[0]);
                int clientWants = milliseconds(parts[1]);
                return new HeartBeats(agree(canSend, clientWants), agree(clientSends, wants));
            }
        } catch (NumberFormatException e) {
            // answered below with what was expected
        }
        throw new Refusal("the header heart-beat:" + header + " cannot be used: expected two numbers of milliseconds");
    }

    private static int milliseconds(String text) {
        int number = Integer.parseInt(text.trim());
        if (number < 0) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    private static int agree(int offered, int wanted) {
        return offered == 0 || wanted == 0 ? 0 : Math.max(offered, wanted);
    }
}
