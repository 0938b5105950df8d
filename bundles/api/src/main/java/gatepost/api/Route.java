package gatepost.api;

import gatepost.api.request.Parameters;
import gatepost.api.request.Template;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;

/**
 * One call of the API.
 *
 * @param method in capitals
 * @param path below the path of the connector
 * @param isPublic whether it is served without asking who calls
 * @param deed what the audit log calls it when an operator does it; empty for what changes nothing but what is the caller's own
 */
record Route(String method, Template path, boolean isPublic, Handler handler, String deed) {

    /** Serves it. */
    @FunctionalInterface
    interface Handler {

        /** @param session {@code null} for a public one */
        HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused;
    }

    Route(String method, Template path, boolean isPublic, Handler handler) {
        this(method, path, isPublic, handler, "");
    }

    Route(String method, String path, Handler handler) {
        this(method, new Template(path), false, handler);
    }

    Route as(String newDeed) {
        return new Route(method, path, isPublic, handler, newDeed);
    }
}
