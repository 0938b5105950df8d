package gatepost.routes.camel;

import gatepost.camel.GatepostComponents;
import gatepost.routes.http.HttpListener;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the contexts of all files have in common.
 *
 * @param components makes the component {@code gatepost:}
 * @param http serves {@code platform-http:}
 * @param home where relative paths of secrets start
 * @param stopTimeout for the messages that a route has begun
 */
public record Surroundings(GatepostComponents components, HttpListener http, Path home, Duration stopTimeout) {}
