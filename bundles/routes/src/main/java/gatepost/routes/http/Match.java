package gatepost.routes.http;

import java.util.Map;

/** A route that serves a request, and what the variables of its path are there. */
record Match(HttpRoute route, Map<String, String> variables) {}
