package gatepost.presence;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.presence}; etc/gatepost.presence.cfg explains each to operators. */
@ObjectClassDefinition(
        id = PresenceService.PID,
        name = "Gatepost presence",
        description = "Who is on line, and how many may be watched.")
public @interface PresenceDefinition {

    @AttributeDefinition(
            name = "Grace",
            description = "Seconds after a user's last session has ended, or after the start, until they are off line.")
    int presence_grace() default 15;

    @AttributeDefinition(
            name = "Names of one user",
            description = "That all subscriptions of one user watch by name; 0: no limit, as for trusted.groups.")
    int names_per_user() default 10_000;

    @AttributeDefinition(name = "Names", description = "That all subscriptions watch by name; 0: no limit.")
    int names_max() default 1_000_000;

    @AttributeDefinition(
            name = "Wildcards of one user",
            description = "In all subscriptions of one user; 0: no limit, as for trusted.groups.")
    int wildcards_per_user() default 10;

    @AttributeDefinition(name = "Wildcards", description = "In all subscriptions; 0: no limit.")
    int wildcards_max() default 1_000;
}
