package gatepost.events.webhook;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of the factory PID {@code gatepost.webhook}. A change takes effect with the next event that is sent. */
@ObjectClassDefinition(
        id = Webhook.PID,
        name = "Gatepost webhook",
        description = "Where events are sent, signed as Standard Webhooks say.")
public @interface WebhookDefinition {

    @AttributeDefinition(
            name = "URL",
            description = "https://…, or http://… to this machine. Its query is not shown and not logged.")
    String url();

    @AttributeDefinition(
            name = "Secret",
            description = "whsec_ and 24 to 64 bytes in Base64, or env:NAME, or file:PATH; two, separated by a blank, "
                    + "while one takes the place of the other.")
    String secret();

    @AttributeDefinition(name = "Events", description = "The types that are sent, such as message.undelivered.")
    String[] events() default {};

    @AttributeDefinition(
            name = "After",
            description = "Seconds for which a message has to wait to be a message.undelivered.")
    int after() default 3600;

    @AttributeDefinition(name = "Connections", description = "How many events are sent at the same time.")
    int connections() default 4;
}
