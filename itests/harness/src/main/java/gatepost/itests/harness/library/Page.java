package gatepost.itests.harness.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A page in the {@link Browser}. Closing it is what a user does who goes away. */
public final class Page implements AutoCloseable {

    private final Browser browser;
    private final String name;

    Page(Browser browser, String name) {
        this.browser = browser;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @return the value of an expression in the page, or what its promise comes to */
    public JsonNode evaluate(String script) {
        return browser.ask(Map.of("action", "evaluate", "page", name, "script", script));
    }

    /** Does something, and waits until it is done if it is a promise. */
    public void run(String script) {
        evaluate("(async () => { await (" + script + "); })()");
    }

    /** Waits until an expression in the page is true. */
    public void until(String script) {
        try {
            browser.ask(Map.of("action", "until", "page", name, "script", script));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", and in the page " + failures(), e);
        }
    }

    /** Nothing may have gone wrong in the page unnoticed. */
    public void assertSound() {
        JsonNode failures = failures();
        if (!failures.isEmpty()) {
            throw new AssertionError("in the page " + failures);
        }
    }

    @Override
    public void close() {
        browser.ask(Map.of("action", "close", "page", name));
    }

    private JsonNode failures() {
        return browser.ask(Map.of("action", "failures", "page", name));
    }
}
