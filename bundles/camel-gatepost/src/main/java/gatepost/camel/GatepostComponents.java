package gatepost.camel;

/**
 * The service that makes the component {@code gatepost:} for a Camel context:
 * {@code context.addComponent("gatepost", components.component("gatepost-routes"))}.
 */
public interface GatepostComponents {

    /**
     * @param account whose rights its messages have: {@code gatepost-routes} or {@code gatepost-welcome}
     * @return a component for one context; all of an account share one connection
     */
    GatepostComponent component(String account);

    /** @return whether an account is connected, and where to or why not, for people */
    String state(String account);
}
