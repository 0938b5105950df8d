package gatepost.contracts;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The service that knows who is in the audiences whose members are kept: the inbox's. An audience is there from its first member to its
 * last. Any thread but an event loop: what changes something returns when that is on the disk.
 */
public interface AudienceMembers {

    /**
     * @param after the name behind which it begins; empty for the first
     * @param limit at most so many, 1 or more
     * @return members in the order of their names (by UTF-16); empty when there is no such audience
     * @throws IllegalArgumentException for a name that no audience can have
     * @throws Exception when the broker is not there
     */
    List<String> members(String audience, String after, int limit) throws Exception;

    /**
     * Makes users members, all or none of them.
     *
     * @return how many were none before
     * @throws IllegalArgumentException for a name that no audience, or no user with an inbox, can have
     * @throws Exception when the broker is not there
     */
    int add(String audience, Collection<String> users) throws Exception;

    /**
     * Takes users out.
     *
     * @return how many were members
     * @throws IllegalArgumentException for a name that no audience can have
     * @throws Exception when the broker is not there
     */
    int remove(String audience, Collection<String> users) throws Exception;

    /** @return the audiences that a user is a member of */
    Set<String> of(String user) throws Exception;
}
