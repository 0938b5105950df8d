package gatepost.events;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.events}; etc/gatepost.events.cfg explains each to operators. */
@ObjectClassDefinition(
        id = EventsService.PID,
        name = "Gatepost events",
        description = "For how long is kept what applications are to be told of their users.")
public @interface EventsDefinition {

    @AttributeDefinition(
            name = "Age",
            description = "Seconds for which an event is kept for a subscriber that does not take it.")
    int events_age() default 259_200;

    @AttributeDefinition(
            name = "Events of a subscriber",
            description = "That may be pending; of more the oldest are lost, and their number is told.")
    int events_max() default 100_000;
}
