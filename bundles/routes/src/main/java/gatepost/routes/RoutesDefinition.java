package gatepost.routes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.routes}. */
@ObjectClassDefinition(id = Routes.PID, name = "Gatepost routes", description = "Camel routes of the operator.")
public @interface RoutesDefinition {

    @AttributeDefinition(name = "Folder", description = "Where the route files are. A relative path starts at Gatepost's folder.")
    String folder() default "etc/routes";

    @AttributeDefinition(name = "Stop timeout",
            description = "Milliseconds that a route which stops or changes may take to finish the messages that it has begun.")
    int stop_timeout() default 15000;

    @AttributeDefinition(name = "HTTP address", description = "Where routes that begin with platform-http: listen.")
    String http_address() default "127.0.0.1";

    @AttributeDefinition(name = "HTTP port", description = "Open only while there is such a route.")
    int http_port() default 61680;

    @AttributeDefinition(name = "HTTP body limit", description = "Bytes that the body of a request may have.")
    int http_body_max() default 4194304;
}
