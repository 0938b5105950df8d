package gatepost.camel;

/**
 * The service that makes the component {@code gatepost:} for a Camel context, connected as an account of Gatepost's own:
 * {@code context.addComponent("gatepost", components.component("gatepost-routes"))}.
 */
public interface GatepostComponents {

    /**
     * @param account whose rights its messages have, such as {@code gatepost-routes}
     * @return a component for one context; all of an account share one connection
     */
    GatepostComponent component(String account);
}
