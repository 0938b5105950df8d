package gatepost.console.server;

/**
 * When the web server does not listen, whether that is trouble or it is just starting: looks are a second apart. Once there was
 * trouble, every look counts. For one thread.
 */
final class Patience {

    /** Looks that a start may take, and a restart. */
    private static final int START = 5;

    private int looks;
    private int attempts;
    private boolean trouble;

    /** It listens. @return whether it did not before, and that was said */
    boolean listens() {
        boolean healed = trouble;
        trouble = false;
        looks = 0;
        return healed;
    }

    /** It does not listen. @return whether something has to be done about it */
    boolean isOver() {
        return ++looks > START;
    }

    /** It cannot listen. @return whether that is new */
    boolean cannot() {
        boolean isNew = !trouble;
        trouble = true;
        return isNew;
    }

    /** It is made to try. @return for how often that was */
    int tries() {
        looks = 0;
        return ++attempts;
    }
}
