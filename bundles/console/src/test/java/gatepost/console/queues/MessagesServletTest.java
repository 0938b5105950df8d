package gatepost.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.console.session.Role;
import gatepost.console.session.SignedIn;
import gatepost.console.web.Exchange;
import gatepost.contracts.QueueDesk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesServletTest {

    private final List<String> done = new ArrayList<>();
    private final MessagesServlet servlet = new MessagesServlet(new Desk());

    private final class Desk implements QueueDesk {

        @Override
        public Depths list(String search, int skip, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Depth> named(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Shown> browse(String name, int limit, int characters) {
            done.add("browse " + name + " " + limit);
            return List.of(new Shown(
                    "ID:1", Instant.ofEpochMilli(7), Optional.empty(), 0, true, Map.of("kind", "<i>"), 6, "<b>hi</b>"));
        }

        @Override
        public long purge(String name) {
            if (name.equals("none")) {
                throw new IllegalArgumentException("there is no queue none");
            }
            done.add("purge " + name);
            return 3;
        }

        @Override
        public String send(String name, String body, Map<String, String> headers) {
            done.add("send " + name + " " + body + " " + headers);
            return "ID:2";
        }
    }

    private static Exchange exchange(Role role, String method) {
        return SignedIn.as(role, new Exchange(method, "/api/queues/messages"));
    }

    @Test
    void anAdministratorLooksSendsAndPurges() throws Exception {
        Exchange look = exchange(Role.ADMIN, "GET").parameter("queue", "work").parameter("limit", "1000");
        servlet.doGet(look.request(), look.response());
        assertEquals(
                "{\"messages\":[{\"id\":\"ID:1\",\"came\":7,\"expires\":null,\"redeliveries\":0,\"persistent\":true,"
                        + "\"headers\":{\"kind\":\"<i>\"},\"size\":6,\"body\":\"<b>hi</b>\"}]}",
                look.answer());
        Exchange send =
                exchange(Role.ADMIN, "POST").body("{\"queue\":\"work\",\"body\":\"x\",\"headers\":{\"a\":\"b\"}}");
        servlet.doPost(send.request(), send.response());
        Exchange purge = exchange(Role.ADMIN, "DELETE").parameter("queue", "work");
        servlet.doDelete(purge.request(), purge.response());
        assertEquals("{\"purged\":3}", purge.answer());
        assertEquals(List.of("browse work 20", "send work x {a=b}", "purge work"), done);
    }

    @Test
    void aViewerDoesNotSeeWhatIsInMessages() throws Exception {
        Exchange look = exchange(Role.VIEWER, "GET").parameter("queue", "work");
        servlet.doGet(look.request(), look.response());
        assertEquals(403, look.status());
        assertEquals(List.of(), done);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        Exchange purge = exchange(Role.ADMIN, "DELETE").parameter("queue", "none");
        servlet.doDelete(purge.request(), purge.response());
        assertEquals(404, purge.status());
        assertEquals("{\"error\":\"There is no queue none.\"}", purge.answer());
        for (String body : new String[] {"", "[]", "{\"queue\":\"work\"}", "{\"body\":\"x\"}"}) {
            Exchange send = exchange(Role.ADMIN, "POST").body(body);
            servlet.doPost(send.request(), send.response());
            assertEquals(400, send.status(), body);
        }
        assertEquals(List.of(), done);
    }
}
