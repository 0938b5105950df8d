/** What all connections of a connector share: its options, and the reasons for which it closes one. */
package gatepost.transport.connector;
