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
 */
record Route(String method, Template path, boolean isPublic, Handler handler) {

    /** Serves it. */
    @FunctionalInterface
    interface Handler {

        /** @param session {@code null} for a public one */
        HttpStep begin(HttpHead head, Parameters parameters, CallSession session) throws CallRefused;
    }

    Route(String method, String path, Handler handler) {
        this(method, new Template(path), false, handler);
    }
}
