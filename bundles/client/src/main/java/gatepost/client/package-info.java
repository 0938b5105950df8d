/** STOMP within the process: publishers, subscriptions, and the connections that Gatepost's own accounts share. */
@org.osgi.annotation.versioning.Version("2.0.0")
package gatepost.client;
