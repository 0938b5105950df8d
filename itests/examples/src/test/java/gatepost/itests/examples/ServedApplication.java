package gatepost.itests.examples;

import gatepost.itests.harness.library.Page;

/** An application with a server of its own, which its page calls. */
abstract class ServedApplication extends SameApplication {

    abstract String address();

    @Override
    String page(String user) {
        return address() + "/?user=" + user;
    }

    @Override
    String hook() {
        return address() + "/hook";
    }

    @Override
    void tell(Page by, String to, String text) {
        post(by, "create", "{ to: '" + to + "', text: '" + text + "' }");
    }

    @Override
    void comment(Page by, String text) {
        post(by, "comment", "{ text: '" + text + "' }");
    }

    @Override
    void announce(Page by, String text) {
        post(by, "announce", "{ text: '" + text + "' }");
    }

    @Override
    void join(Page by) {
        post(by, "join", "{}");
    }

    @Override
    void signOutEverywhere(Page by) {
        post(by, "sign_out_everywhere", "{}");
    }

    private static void post(Page page, String path, String form) {
        page.run("fetch('/" + path + "', { method: 'POST', body: new URLSearchParams(" + form + "), headers: "
                + "{ 'x-csrf-token': document.querySelector('meta[name=csrf-token]')?.content ?? '' } })"
                + ".then(({ status }) => { if (status !== 204) { throw new Error('" + path + ": ' + status); } })");
    }
}
