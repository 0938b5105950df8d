package gatepost.inbox;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.inbox} besides {@code inbox.NAME}; etc/gatepost.inbox.cfg explains each to operators. */
@ObjectClassDefinition(
        id = InboxService.PID,
        name = "Gatepost inbox",
        description = "Which queues are inboxes (inbox.NAME) and audiences, and what stays of what is done.")
public @interface InboxDefinition {

    @AttributeDefinition(name = "Messages that wait", description = "In one inbox; 0: no limit.")
    int inbox_messages() default 10_000;

    @AttributeDefinition(name = "Bytes that wait", description = "In one inbox; 0: no limit.")
    long inbox_bytes() default 64 << 20;

    @AttributeDefinition(
            name = "When an inbox is full",
            description = "refuse: what comes is refused; oldest: the oldest messages that wait go.")
    String inbox_full() default "refuse";

    @AttributeDefinition(
            name = "Forget an inbox",
            description =
                    "Seconds without a subscription after which an inbox in which nothing is is forgotten; 0: never.")
    long inbox_forget() default 0;

    @AttributeDefinition(name = "Messages of the history", description = "Of one inbox; 0 keeps none.")
    int history_messages() default 100;

    @AttributeDefinition(name = "Age of the history", description = "Seconds since a message came.")
    long history_age() default 604_800;

    @AttributeDefinition(name = "Bytes of the history", description = "Of one inbox; a larger message is not kept.")
    long history_bytes() default 1 << 20;

    @AttributeDefinition(name = "Devices", description = "Of one account in one inbox whose places are remembered.")
    int devices_max() default 20;

    @AttributeDefinition(name = "Age of devices", description = "Seconds without use after which a place is forgotten.")
    long device_age() default 2_592_000;

    @AttributeDefinition(
            name = "Window of ids",
            description = "Seconds for which the id of a message that is done is remembered, of at most 1,000.")
    long id_window() default 900;

    @AttributeDefinition(
            name = "Audiences",
            description = "Queues that reach the members of an audience, with {audience} for its name; empty: none.")
    String audience_names() default "";

    @AttributeDefinition(name = "Everyone", description = "The queue that reaches all users; empty: none.")
    String audience_everyone() default "";

    @AttributeDefinition(
            name = "Online",
            description = "The queue that reaches all users who have a session, but for calls over HTTP; empty: none.")
    String audience_online() default "";

    @AttributeDefinition(
            name = "Inbox of a message to many",
            description = "NAME of inbox.NAME; has to be said where there are several.")
    String audience_inbox() default "";

    @AttributeDefinition(
            name = "Expiry of a message to many",
            description = "Seconds, of one that does not say when it expires; 0: never.")
    long audience_ttl() default 2_592_000;
}
