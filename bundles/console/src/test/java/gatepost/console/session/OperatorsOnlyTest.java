package gatepost.console.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.LoggingConfigurationReports;
import gatepost.console.Console;
import gatepost.console.web.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsOnlyTest {

    private final Operators operators = new Operators(
            new Console(new LoggingConfigurationReports(), Map.of("session.idle", "60")), new TestClock());
    private final OperatorsOnly filter = new OperatorsOnly(operators);
    private final List<Operator> passed = new ArrayList<>();

    private int status(Exchange exchange) throws Exception {
        passed.clear();
        filter.doFilter(
                exchange.request(),
                exchange.response(),
                (request, response) -> passed.add(Operator.of(exchange.request())));
        return passed.isEmpty() ? exchange.status() : 0;
    }

    private Exchange as(Role role, String method, String path) {
        return new Exchange(method, path).cookie("gatepost-console", operators.open("ann", role));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   GET,    /api/queues",
        "0,   HEAD,   /api/queues",
        "403, DELETE, /api/queues/messages",
        "403, POST,   /api/queues/messages",
        "403, POST,   /api/live/",
        "403, POST,   /api/live;x",
        "403, POST,   /api/%6cive",
        "403, DELETE, /api/live",
        "0,   POST,   /api/live",
        "0,   POST,   /api/access"
    })
    void aViewerChangesNothingAndGetsTokensOfTheOwnRole(int status, String method, String path) throws Exception {
        assertEquals(status, status(as(Role.VIEWER, method, path)));
        assertEquals(0, status(as(Role.ADMIN, method, path)));
        assertEquals(List.of(new Operator("ann", Role.ADMIN, "127.0.0.1")), passed);
    }

    @Test
    void nobodyElseGetsIn() throws Exception {
        assertEquals(401, status(new Exchange("GET", "/api/queues")));
        assertEquals(401, status(new Exchange("GET", "/api/queues").cookie("gatepost-console", "ann")));
        Exchange elsewhere = new Exchange("GET", "/session");
        assertThrows(IllegalStateException.class, () -> Operator.of(elsewhere.request()));
    }
}
