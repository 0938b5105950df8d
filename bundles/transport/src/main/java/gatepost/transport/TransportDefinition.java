package gatepost.transport;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.transport}; etc/gatepost.transport.cfg explains each to operators. */
@ObjectClassDefinition(
        id = StompTransportFactory.PID,
        name = "Gatepost transport",
        description = "What all connectors have in common.")
public @interface TransportDefinition {

    @AttributeDefinition(
            name = "Connections of the warm-up",
            description = "That Gatepost makes to itself when it starts, before the first users come; 0 for none.")
    int warm_up_connections() default 250;
}
