package gatepost.welcome;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.welcome}. */
@ObjectClassDefinition(
        id = Welcome.PID,
        name = "Gatepost welcome",
        description = "The greeting that each user gets once.")
public @interface WelcomeDefinition {

    @AttributeDefinition(name = "Enabled", description = "Whether anybody is greeted.")
    boolean enabled() default true;

    @AttributeDefinition(name = "Group", description = "Whose members are greeted; * for everybody.")
    String group() default "users";

    @AttributeDefinition(name = "Destination", description = "Where the greeting goes; {user} is the user's name.")
    String destination() default "queue://user.{user}";

    @AttributeDefinition(name = "Text", description = "The greeting, with the placeholders {user} and {time}.")
    String text() default "Welcome, {user}!";

    @AttributeDefinition(
            name = "Content type",
            description = "Of the text. In HTML, XML and JSON placeholders are escaped.")
    String content_type() default "text/plain";

    @AttributeDefinition(
            name = "Headers",
            description = "More headers: NAME=VALUE, NAME=VALUE, with the same placeholders.")
    String headers() default "";

    @AttributeDefinition(
            name = "Return after",
            description =
                    "Milliseconds of absence after which a user is greeted again, with another text; 0 for never.")
    long return_after() default 0;

    @AttributeDefinition(
            name = "Return text",
            description = "What such a user gets; {days} are the whole days of absence.")
    String return_text() default "Welcome back, {user}!";

    @AttributeDefinition(name = "Rate", description = "Greetings that are sent in a second at most.")
    int rate() default 100;

    @AttributeDefinition(name = "In flight", description = "Greetings that wait for their receipts at a time at most.")
    int in_flight() default 10;
}
