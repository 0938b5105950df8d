package gatepost.contracts;

/**
 * The service that decides about live sessions anew: authorization's. Whoever changes what a live session's security context says
 * asks for it afterwards.
 */
public interface SessionReview {

    /** Returns at once; subscriptions that are no longer allowed are cut within a second. May be called by any thread. */
    void review();
}
