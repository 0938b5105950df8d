package gatepost.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.console}; etc/gatepost.console.cfg explains each to operators. */
@ObjectClassDefinition(
        id = Console.PID,
        name = "Gatepost console",
        description = "The console, and the page to try Gatepost out.")
public @interface ConsoleDefinition {

    @AttributeDefinition(
            name = "Hosts",
            description = "Names besides localhost under which a browser may ask for the console.")
    String hosts() default "";

    @AttributeDefinition(
            name = "WebSocket",
            description =
                    "Where the pages connect to and call; empty: the connector of the scheme ws, or else wss, on the page's host.")
    String websocket() default "";

    @AttributeDefinition(
            name = "Session idle",
            description = "Seconds without a request that end an operator's session.")
    int session_idle() default 1800;

    @AttributeDefinition(
            name = "Session max",
            description = "Seconds after which an operator is signed out in any case.")
    int session_max() default 43_200;

    @AttributeDefinition(name = "Throttle failures", description = "After how many failed sign-ins one has to wait.")
    int throttle_failures() default 5;

    @AttributeDefinition(name = "Throttle wait", description = "The longest wait in seconds.")
    int throttle_wait_max() default 30;

    @AttributeDefinition(
            name = "Requests max",
            description = "Requests that are worked on at a time; others wait, but for those for health.")
    int requests_max() default 8;

    @AttributeDefinition(
            name = "Requests waiting",
            description = "Requests that wait for their turn; further ones are refused.")
    int requests_waiting() default 100;

    @AttributeDefinition(
            name = "Requests timeout",
            description = "Seconds in which a request's body has come, and after which one that waits is refused.")
    int requests_timeout() default 10;

    @AttributeDefinition(
            name = "Metrics allowed",
            description = "Addresses and networks that /metrics is answered to, by their own connections.")
    String metrics_allowed() default "127.0.0.0/8, ::1";

    @AttributeDefinition(
            name = "Health allowed",
            description =
                    "Addresses and networks that /health/live and /health/ready are answered to, by their own connections.")
    String health_allowed() default "127.0.0.0/8, ::1";

    @AttributeDefinition(
            name = "Probe address",
            description = "ADDRESS:PORT with nothing but metrics and health, for monitors elsewhere; empty: none.")
    String probe_address() default "";

    @AttributeDefinition(name = "Try", description = "Whether this machine's browsers find the page /try.")
    boolean try$() default true;
}
