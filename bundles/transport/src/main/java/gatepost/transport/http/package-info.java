/** HTTP calls on the connectors of WebSockets: from the head of a request to its answer, one at a time on each connection. */
package gatepost.transport.http;
