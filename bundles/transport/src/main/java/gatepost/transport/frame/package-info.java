/** Bytes to frames and back: STOMP 1.0, 1.1 and 1.2. */
package gatepost.transport.frame;
