/** The socket that listens, and the pipeline of a connection. */
package gatepost.transport.channel;
