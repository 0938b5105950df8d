package gatepost.authentication.login;

import gatepost.authentication.identity.Identity;
import java.io.IOException;
import java.util.Optional;

/** Knows what was revoked. Any thread; looks nothing up on the disk. */
@FunctionalInterface
public interface RevocationCheck {

    /** Nothing ever is. */
    RevocationCheck NONE = identity -> Optional.empty();

    /**
     * @param identity of somebody who signs in now
     * @return what of it was revoked, such as {@code the token}
     * @throws IOException while that is not known
     */
    Optional<String> revoked(Identity identity) throws IOException;
}
