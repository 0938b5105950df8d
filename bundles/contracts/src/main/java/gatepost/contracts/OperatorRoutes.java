package gatepost.contracts;

import java.util.List;

/** The service of whoever runs the operator's routes, for those who look at them and stop and start them. Safe for use by several threads. */
public interface OperatorRoutes {

    /** @return the files that there are, by name */
    List<File> files();

    /**
     * Starts a route that was stopped.
     *
     * @param file the file's name
     * @param id of the route in it
     * @throws IllegalArgumentException when there is no such route; the message says which there are
     * @throws Failed when it does not start
     */
    void start(String file, String id) throws Failed;

    /**
     * Stops a route until it is started or its file changes. Waits for the messages that it has begun, for as long as
     * {@code stop.timeout} of {@code gatepost.routes} says.
     *
     * @throws IllegalArgumentException when there is no such route; the message says which there are
     * @throws Failed when it does not stop
     */
    void stop(String file, String id) throws Failed;

    /**
     * A file of routes.
     *
     * @param refusal why the version in the folder does not run, with its line; empty when it does
     * @param routes those that run: of the last good version; in the order of the file
     */
    record File(String name, String refusal, List<Route> routes) {

        public File {
            routes = List.copyOf(routes);
        }
    }

    /**
     * A route.
     *
     * @param id in its file
     * @param from the endpoint that it begins with, without secrets
     * @param state Camel's, such as {@code Started} and {@code Stopped}, or {@code Denied} where the entry map does not let it do what it does
     * @param completed messages that it has come through with since its file was loaded
     * @param failed messages that it has not
     * @param inFlight messages that are in it
     * @param error the last failure, or why nothing comes in; may be empty
     */
    record Route(String id, String from, String state, long completed, long failed, int inFlight, String error) {}

    /** A route does not do what it was told. */
    final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        public Failed(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
