package gatepost.transport.session;

import java.util.OptionalLong;

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
        OptionalLong sends = HeaderValues.number(parts[0], 0, Integer.MAX_VALUE);
        OptionalLong asks = HeaderValues.number(parts[parts.length - 1], 0, Integer.MAX_VALUE);
        if (parts.length != 2 || sends.isEmpty() || asks.isEmpty()) {
            throw HeaderValues.bad("heart-beat", header, "two numbers of milliseconds");
        }
        return new HeartBeats(agree(canSend, (int) asks.getAsLong()), agree((int) sends.getAsLong(), wants));
    }

    private static int agree(int offered, int wanted) {
        return offered == 0 || wanted == 0 ? 0 : Math.max(offered, wanted);
    }
}
