package gatepost.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.console}; etc/gatepost.console.cfg explains each to operators. */
@ObjectClassDefinition(id = Console.PID, name = "Gatepost console", description = "The console page.")
public @interface ConsoleDefinition {

    @AttributeDefinition(name = "Hosts", description = "Names besides localhost under which a browser may ask for the console.")
    String hosts() default "";
}
