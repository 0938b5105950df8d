/** What one client and the broker say to each other: frames to ActiveMQ's commands and back. */
package gatepost.transport.session;
