package gatepost.inbox.shell;

import gatepost.inbox.InboxReport;

/** Numbers of things in sentences. */
final class Amounts {

    private Amounts() {}

    static String of(long number, String one, String many) {
        return number == 1 ? "1 " + one : number + " " + many;
    }

    /** @return what is in an inbox */
    static String of(InboxReport inbox) {
        return of(inbox.waiting(), "waiting message", "waiting messages") + ", "
                + of(inbox.history(), "message of the history", "messages of the history") + " and the places of "
                + of(inbox.devices().size(), "device", "devices");
    }
}
