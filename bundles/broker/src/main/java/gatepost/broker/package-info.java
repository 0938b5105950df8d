/** The embedded ActiveMQ broker: its configuration, its start and end, and its live limits. */
package gatepost.broker;
