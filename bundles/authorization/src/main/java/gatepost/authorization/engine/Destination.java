package gatepost.authorization.engine;

import java.util.Objects;

/**
 * One destination that somebody asks for, not composite and without options.
 *
 * @param domain queue or topic
 * @param name its name, without prefix; may hold wildcards where a subscription does
 */
public record Destination(Domain domain, String name) {

    public Destination {
        Objects.requireNonNull(domain);
        Objects.requireNonNull(name);
    }

    public static Destination queue(String name) {
        return new Destination(Domain.QUEUE, name);
    }

    public static Destination topic(String name) {
        return new Destination(Domain.TOPIC, name);
    }

    @Override
    public String toString() {
        return domain.prefix() + name;
    }
}
