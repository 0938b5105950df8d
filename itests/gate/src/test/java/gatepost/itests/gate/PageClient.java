package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Library;
import gatepost.itests.harness.library.Page;
import java.util.Map;

/** A library for browsers, in Chromium; its page's {@code session} signs in anew for each client. */
final class PageClient implements Client {

    private final Page page;
    private int taken;
    private boolean refused;

    /** @param page of a {@link Library}; its session before this one is forgotten */
    PageClient(Page page, int port, Account account) {
        this.page = page;
        page.run("Object.assign(session, { received: [], errors: [], closed: '', wanted: [] })");
        page.run(Library.connect(port, account.login(), account.passcode(), ""));
    }

    @Override
    public String subscribe(String destination, Map<String, String> headers) {
        return outcome("session.subscribe(" + Json.line(destination) + ", " + Json.line(headers) + ")");
    }

    @Override
    public String send(String destination, String body, Map<String, String> headers) {
        return outcome(
                "session.send(" + Json.line(destination) + ", " + Json.line(body) + ", " + Json.line(headers) + ")");
    }

    @Override
    public void begin(String transaction) {
        page.evaluate("session.client.begin(" + Json.line(transaction) + ") && null");
    }

    @Override
    public void commit(String transaction) {
        page.evaluate("session.client.commit(" + Json.line(transaction) + ")");
    }

    @Override
    public String message() {
        page.until("session.received.length > " + taken);
        return page.evaluate("session.received[" + taken++ + "].body").asText();
    }

    @Override
    public void expectEnd() {
        page.until("session.closed");
        assertEquals(
                "[1,0]",
                page.evaluate("[session.errors.length, session.received.length]")
                        .toString());
    }

    @Override
    public void close() {
        if (!refused) {
            page.run("session.disconnect()");
        }
    }

    /** The libraries have no promise that an ERROR breaks: it is looked for while the receipt is waited for. */
    private String outcome(String promise) {
        String message = page.evaluate("Promise.race([" + promise + ".then(() => ''), new Promise(refused => {"
                        + " const timer = setInterval(() => { if (session.errors.length || session.closed) {"
                        + " clearInterval(timer); refused(session.errors[0] || session.closed); } }, 3); })])")
                .asText();
        refused = !message.isEmpty();
        return refused ? message : DONE;
    }
}
