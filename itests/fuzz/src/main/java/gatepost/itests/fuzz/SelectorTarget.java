package gatepost.itests.fuzz;

import gatepost.broker.selector.Selector;
import gatepost.broker.selector.SelectorFault;
import gatepost.broker.selector.SelectorLimits;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.filter.MessageEvaluationContext;

/**
 * The first line is the value of the header {@code a}, the rest a selector. It is refused with a reason, or it answers; and no message is
 * matched by a selector and by its opposite.
 */
public final class SelectorTarget {

    /** Wider than those that ship, so that more gets as far as being evaluated. */
    private static final SelectorLimits LIMITS = new SelectorLimits(8 << 10, 64, 64, 1_000_000);

    private SelectorTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String value = end < 0 ? "" : text.substring(0, end);
        String selector = text.substring(end + 1);
        Optional<Selector> plain = read(selector);
        Optional<Selector> opposite = read("NOT (" + selector + ")");
        if (plain.isPresent()
                && opposite.isPresent()
                && matches(plain.get(), value)
                && matches(opposite.get(), value)) {
            throw new AssertionError("a message is matched by the selector and by its opposite");
        }
    }

    private static Optional<Selector> read(String selector) {
        try {
            return Optional.of(Selector.of(selector, LIMITS, new LongAdder()));
        } catch (SelectorFault e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a word", e);
            }
            return Optional.empty();
        }
    }

    private static boolean matches(Selector selector, String value) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        try {
            message.setStringProperty("a", value);
            message.setJMSType("t");
            MessageEvaluationContext context = new MessageEvaluationContext();
            context.setMessageReference(message);
            return selector.matches(context);
        } catch (JMSException e) {
            throw new AssertionError("a selector that was understood cannot be evaluated", e);
        }
    }
}
