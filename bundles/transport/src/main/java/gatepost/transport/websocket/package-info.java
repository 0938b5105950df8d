/** The rules for the upgrade to WebSocket, messages to bytes and back. */
package gatepost.transport.websocket;
