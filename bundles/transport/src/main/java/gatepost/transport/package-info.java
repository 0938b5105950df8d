/** STOMP over TCP and WebSocket, as a transport that the connectors of the broker listen with. */
package gatepost.transport;
