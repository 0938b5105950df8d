package gatepost.camel;

import static org.awaitility.Awaitility.await;

import gatepost.client.SharedConnection;
import gatepost.client.TestServer;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Camel context with the component, connected to a server of the test's own. */
abstract class RouteTest {

    final DefaultCamelContext camel = new DefaultCamelContext();
    TestServer server;
    SharedConnection connection;
    ProducerTemplate template;
    final EventFeeds feeds = new EventFeeds();
    volatile Predicate<String> inboxes = queue -> queue.startsWith("user.");

    @BeforeEach
    void startServer() throws Exception {
        server = new TestServer();
        connection = server.connection();
        camel.addComponent("gatepost", new GatepostComponent(connection, queue -> inboxes.test(queue), feeds));
        camel.getShutdownStrategy().setTimeout(5);
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        server.close();
    }

    void start(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5));
    }
}
