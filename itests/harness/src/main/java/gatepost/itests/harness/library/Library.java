package gatepost.itests.harness.library;

/** The JavaScript libraries that a page may use; their pages have the same {@code session} object. */
public enum Library {
    STOMPJS_2("/stompjs-2.html"),
    STOMPJS_7("/stompjs-7.html");

    private final String path;

    Library(String path) {
        this.path = path;
    }

    /** Opens a page of this library, which is not connected yet. */
    public Page open(Browser browser) {
        return browser.open(path);
    }

    /** Opens a page that is signed in, with its login as its passcode. */
    public Page signIn(Browser browser, int port, String login) {
        return signIn(browser, port, login, "");
    }

    /** @param more further properties of {@code session.connect}'s argument, such as {@code heartbeat: [500, 500]} */
    public Page signIn(Browser browser, int port, String login, String more) {
        Page page = open(browser);
        page.run(connect(port, login, login, more));
        return page;
    }

    public static String connect(int port, String login, String passcode, String more) {
        return "session.connect({ url: 'ws://localhost:" + port + "/stomp', login: '" + login + "', passcode: '"
                + passcode + "', " + more + " })";
    }
}
