package gatepost.routes;

import gatepost.camel.GatepostComponent;
import gatepost.camel.GatepostComponents;
import gatepost.camel.GatepostPublisher;

/** Makes components without a connection: for routes that do not use them. */
public final class TestComponents implements GatepostComponents {

    @Override
    public GatepostComponent component(String account) {
        return new GatepostComponent(null);
    }

    @Override
    public GatepostPublisher publisher(String account) {
        throw new UnsupportedOperationException("routes publish through their component");
    }

    @Override
    public String state(String account) {
        return "no connection";
    }
}
