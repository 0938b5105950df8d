package gatepost.authorization;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.authorization} whose names are fixed. The entries are keys that begin with {@code entry.}. */
@ObjectClassDefinition(
        id = Authorization.PID,
        name = "Gatepost authorization",
        description = "The entry map. Besides "
                + "these keys each entry.NAME = DESTINATION read=GROUPS write=GROUPS admin=GROUPS is an entry.")
public @interface AuthorizationDefinition {

    @AttributeDefinition(
            name = "Temporary destinations",
            description = "Groups that may read their own temporary destinations, write to any, and make them.")
    String temporary() default "read=users,admins  write=users,admins  admin=users,admins";

    @AttributeDefinition(
            name = "Write what was allowed",
            description = "Whether the audit log also tells what was allowed: a line for every send and subscription.")
    boolean audit_allowed() default false;
}
