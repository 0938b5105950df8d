package gatepost.routes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.routes}. */
@ObjectClassDefinition(id = Routes.PID, name = "Gatepost routes", description = "Camel routes of the operator.")
public @interface RoutesDefinition {

    @AttributeDefinition(
            name = "Folder",
            description = "Where the route files are. A relative path starts at Gatepost's folder.")
    String folder() default "etc/routes";

    @AttributeDefinition(
            name = "Stop timeout",
            description =
                    "Milliseconds that a route which stops or changes may take to finish the messages that it has begun.")
    int stop_timeout() default 15000;

    @AttributeDefinition(name = "HTTP address", description = "Where routes that begin with platform-http: listen.")
    String http_address() default "127.0.0.1";

    @AttributeDefinition(name = "HTTP port", description = "Open only while there is such a route.")
    int http_port() default 61680;

    @AttributeDefinition(name = "HTTP body limit", description = "Bytes that the body of a request may have.")
    int http_body_max() default 4194304;

    @AttributeDefinition(
            name = "HTTP bodies limit",
            description = "Bytes of the bodies of all requests that are here at a time.")
    int http_bodies_max() default 67108864;

    @AttributeDefinition(
            name = "HTTP connections limit",
            description = "Above it, whoever has been waited for longest without a whole request makes room.")
    int http_connections_max() default 1000;

    @AttributeDefinition(
            name = "HTTP timeout",
            description = "Milliseconds in which a request comes whole, and something of its answer is taken.")
    int http_timeout() default 10000;

    @AttributeDefinition(
            name = "HTTP hosts",
            description = "Names besides loopback's that requests may be for, and pages of.")
    String http_hosts() default "";
}
