package gatepost.console.session;

import gatepost.console.web.Exchange;

/** Requests of operators, for tests of servlets. */
public final class SignedIn {

    private SignedIn() {}

    public static Exchange as(Role role, Exchange exchange) {
        new Operator("ann", role, "127.0.0.1").attach(exchange.request());
        return exchange;
    }
}
