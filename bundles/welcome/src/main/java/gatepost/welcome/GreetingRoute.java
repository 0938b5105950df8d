package gatepost.welcome;

import gatepost.camel.GatepostHeaders;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * The Camel route that greetings take, in a context of its own: {@code direct:greeting} to {@code gatepost:}, which awaits the
 * receipt. It exists only while greetings are sent, so that what waits for a connection when they are switched off never goes
 * out.
 */
final class GreetingRoute implements Enforcement.Route {

    private static final String ENTRANCE = "direct:greeting";
    /** Long enough for a broker that restarts: a greeting for who is back may come twice if it is given up too early. */
    private static final String EXIT = "gatepost:welcome?requestTimeout=30000";

    private static final long STOP_MILLIS = 1000;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Endpoint entrance;
    private final AsyncProducer producer;

    /** @param component what {@code gatepost:} is */
    GreetingRoute(Component component) {
        camel.getCamelContextExtension().setName("gatepost-welcome");
        camel.setApplicationContextClassLoader(DefaultCamelContext.class.getClassLoader());
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.addComponent("gatepost", component);
        ShutdownStrategy shutdown = camel.getShutdownStrategy();
        shutdown.setTimeUnit(TimeUnit.MILLISECONDS);
        shutdown.setTimeout(STOP_MILLIS);
        shutdown.setShutdownNowOnTimeout(true);
        shutdown.setLogInflightExchangesOnTimeout(false);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Camel looks for components and type converters through it as well
        thread.setContextClassLoader(DefaultCamelContext.class.getClassLoader());
        try {
            camel.addRoutes(route());
            camel.start();
            entrance = camel.getEndpoint(ENTRANCE);
            producer = entrance.createAsyncProducer();
            producer.start();
        } catch (Exception e) {
            camel.stop();
            throw new IllegalStateException("the route of the welcome does not start", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // whoever sends tries again, as the greeting is then due
                errorHandler(noErrorHandler());
                from(ENTRANCE)
                        .routeId("welcome")
                        .process(GreetingRoute::compose)
                        .to(EXIT);
            }
        };
    }

    private static void compose(Exchange exchange) throws Exception {
        Greeting greeting = exchange.getIn().getMandatoryBody(Greeting.class);
        Message message = exchange.getIn();
        message.removeHeaders("*");
        greeting.headers().forEach(message::setHeader);
        message.setHeader(Exchange.CONTENT_TYPE, greeting.contentType());
        message.setHeader("persistent", true);
        message.setHeader(GatepostHeaders.DESTINATION, greeting.destination());
        greeting.once().ifPresent(name -> message.setHeader(GatepostHeaders.ONCE, name));
        message.setBody(greeting.text());
    }

    @Override
    public void send(Greeting greeting, Consumer<Exception> outcome) {
        Exchange exchange = entrance.createExchange();
        exchange.getIn().setBody(greeting);
        producer.process(exchange, doneSync -> outcome.accept(exchange.getException()));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
