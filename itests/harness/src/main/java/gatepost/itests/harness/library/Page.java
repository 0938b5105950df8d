package gatepost.itests.harness.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Loads it again, as a person does who presses F5. */
    public void reload() {
        browser.ask(Map.of("action", "reload", "page", name));
    }

    /** Puts a text into a field, which then has the focus. */
    public void type(String selector, String text) {
        browser.ask(Map.of("action", "type", "page", name, "selector", selector, "text", text));
    }

    /** Presses a key, such as {@code Enter} or {@code Tab}, where the focus is. */
    public void press(String key) {
        browser.ask(Map.of("action", "press", "page", name, "key", key));
    }

    public void click(String selector) {
        browser.ask(Map.of("action", "click", "page", name, "selector", selector));
    }

    /** @param scheme {@code light} or {@code dark} */
    public void look(int width, String scheme) {
        browser.ask(Map.of("action", "look", "page", name, "width", Integer.toString(width), "scheme", scheme));
    }

    /** Cuts its browser off all networks, with every tab beside it, or no more. */
    public void offline(boolean offline) {
        browser.ask(Map.of("action", "offline", "page", name, "offline", Boolean.toString(offline)));
    }

    /** Writes a picture of the whole page. */
    public void picture(Path file) {
        browser.ask(Map.of(
                "action", "picture", "page", name, "file", file.toAbsolutePath().toString()));
    }

    /** @return what axe-core finds wrong for those who use a screen reader or a keyboard, or see less */
    public List<String> obstacles() {
        return texts("obstacles");
    }

    /** @return the addresses that the page has asked for, WebSockets among them */
    public List<String> requests() {
        return texts("requests");
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

    private List<String> texts(String action) {
        List<String> texts = new ArrayList<>();
        browser.ask(Map.of("action", action, "page", name)).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private JsonNode failures() {
        return browser.ask(Map.of("action", "failures", "page", name));
    }
}
