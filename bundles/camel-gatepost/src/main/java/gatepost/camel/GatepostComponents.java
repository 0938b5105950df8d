package gatepost.camel;

/**
 * The service that connects parts of Gatepost to its broker as the accounts of their own. It makes the component {@code gatepost:}
 * for a Camel context, {@code context.addComponent("gatepost", components.component("gatepost-routes"))}, and publishers for those
 * that have no routes.
 */
public interface GatepostComponents {

    /**
     * @param account whose rights its messages have, such as {@code gatepost-routes}
     * @return a component for one context; all of an account share one connection
     */
    GatepostComponent component(String account);

    /**
     * @param account whose rights its messages have, such as {@code gatepost-console}
     * @return a publisher, connected from now on until it is closed; all of an account share one connection
     */
    GatepostPublisher publisher(String account);

    /** @return whether an account is connected, and where to or why not, for people */
    String state(String account);
}
