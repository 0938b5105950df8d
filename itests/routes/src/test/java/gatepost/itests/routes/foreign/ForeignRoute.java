package gatepost.itests.routes.foreign;

import gatepost.camel.GatepostComponents;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A route in a bundle that somebody else wrote: greets carol once a second. */
public final class ForeignRoute implements BundleActivator {

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @Override
    public void start(BundleContext context) throws Exception {
        ClassLoader ofCamel = DefaultCamelContext.class.getClassLoader();
        GatepostComponents components = context.getService(context.getServiceReference(GatepostComponents.class));
        Thread.currentThread().setContextClassLoader(ofCamel);
        camel.setApplicationContextClassLoader(ofCamel);
        camel.addComponent("gatepost", components.component("gatepost-routes"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:foreign").setBody(constant("from a foreign bundle")).to("gatepost:user.carol");
            }
        });
        camel.start();
    }

    @Override
    public void stop(BundleContext context) {
        camel.stop();
    }
}
