package gatepost.broker.selector;

import org.apache.activemq.filter.MessageEvaluationContext;

/** One message that is looked at, and how much work is left for it. */
final class Evaluation {

    private final MessageEvaluationContext message;
    private int left;

    Evaluation(MessageEvaluationContext message, int work) {
        this.message = message;
        this.left = work;
    }

    MessageEvaluationContext message() {
        return message;
    }

    /** @throws Exhausted when there is no room for so many characters */
    void spend(int characters) {
        left -= characters;
        if (left < 0) {
            throw new Exhausted();
        }
    }

    /** The selector needs more work than one message may cost. */
    static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1;

        Exhausted() {
            super("the selector needs too much work for one message", null, false, false);
        }
    }
}
