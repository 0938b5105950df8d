package gatepost.inbox;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.inbox} besides {@code inbox.NAME}; etc/gatepost.inbox.cfg explains each to operators. */
@ObjectClassDefinition(
        id = InboxService.PID,
        name = "Gatepost inbox",
        description = "Which queues are inboxes (inbox.NAME), and what stays in them of what is done.")
public @interface InboxDefinition {

    @AttributeDefinition(name = "Messages of the history", description = "Of one inbox; 0 keeps none.")
    int history_messages() default 100;

    @AttributeDefinition(name = "Age of the history", description = "Seconds since a message came.")
    long history_age() default 604_800;

    @AttributeDefinition(name = "Bytes of the history", description = "Of one inbox; a larger message is not kept.")
    long history_bytes() default 1 << 20;
}
