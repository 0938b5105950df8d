package gatepost.broker.selector;

import jakarta.jms.JMSException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.filter.BooleanExpression;
import org.apache.activemq.filter.MessageEvaluationContext;

/** A selector that was understood. Any thread. */
public final class Selector implements BooleanExpression {

    /** Which ActiveMQ's selectors begin with when a string is to be compared with a number. */
    private static final String CONVERTS = "convert_string_expressions:";

    private final Term term;
    private final int work;
    private final LongAdder exhausted;

    private Selector(Term term, int work, LongAdder exhausted) {
        this.term = term;
        this.work = work;
        this.exhausted = exhausted;
    }

    /**
     * @param exhausted counts messages for which it needed more work than it may
     * @throws SelectorFault when it is none, or exceeds a limit; says what is wrong
     */
    public static Selector of(String text, SelectorLimits limits, LongAdder exhausted) throws SelectorFault {
        boolean converts = text.startsWith(CONVERTS);
        String own = converts ? text.substring(CONVERTS.length()) : text;
        if (own.length() > limits.length()) {
            throw new SelectorFault(
                    "it has " + own.length() + " characters, at most " + limits.length() + " are allowed");
        }
        return new Selector(new SelectorReader(own, limits, converts).read(), limits.work(), exhausted);
    }

    @Override
    public boolean matches(MessageEvaluationContext message) throws JMSException {
        try {
            return term.value(new Evaluation(message, work)) == Boolean.TRUE;
        } catch (Evaluation.Exhausted e) {
            exhausted.increment();
            return false;
        }
    }

    @Override
    public Object evaluate(MessageEvaluationContext message) throws JMSException {
        return matches(message);
    }
}
