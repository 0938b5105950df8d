package gatepost.routes;

import gatepost.camel.GatepostComponent;
import gatepost.camel.GatepostComponents;

/** Makes components without a connection: for routes that do not use them. */
public final class TestComponents implements GatepostComponents {

    @Override
    public GatepostComponent component(String account) {
        return new GatepostComponent(null);
    }
}
