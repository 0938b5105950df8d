package gatepost.contracts.events;

/**
 * The service to which everything is reported that applications may want to hear of their users. Where there is none nobody does. Any
 * thread; never blocks.
 */
public interface EventReports {

    /** @return whether anybody wants to hear of such events now: else it need not be found out what there is to be said of one */
    boolean wants(EventType type);

    /** @return what is to be written of it; {@link EventReport#NONE} when nobody wants to hear it */
    EventReport about(UserEvent event);
}
