/** A policy of Log4j's for logs that others rename; a fragment of Pax Logging. */
package gatepost.logging;
