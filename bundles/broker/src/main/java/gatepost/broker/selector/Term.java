package gatepost.broker.selector;

import jakarta.jms.JMSException;

/** A part of a selector. Its value is a String, a Boolean, a Long, a Double, or {@code null} for what is unknown. */
@FunctionalInterface
interface Term {

    Object value(Evaluation message) throws JMSException;
}
