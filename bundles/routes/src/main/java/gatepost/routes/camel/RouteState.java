package gatepost.routes.camel;

/**
 * How a route is doing.
 *
 * @param id of the route in its file
 * @param from the endpoint that it begins with, without secrets
 * @param state Started, Stopped, Suspended, Denied (the gate does not let it do what it does) or one that it passes through
 * @param completed messages that it has come through with
 * @param failed messages that it has not
 * @param inflight messages that are in it
 * @param error the last failure, or why nothing comes in; may be empty
 */
public record RouteState(
        String id, String from, String state, long completed, long failed, int inflight, String error) {}
