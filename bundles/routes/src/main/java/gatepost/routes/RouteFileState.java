package gatepost.routes;

import gatepost.routes.camel.FileContext;
import java.util.Optional;

/**
 * How a route file is doing.
 *
 * @param name of the file
 * @param running the version that runs: the last good one
 * @param refusal why the version in the folder does not, with its line
 */
public record RouteFileState(String name, Optional<FileContext> running, Optional<String> refusal) {}
