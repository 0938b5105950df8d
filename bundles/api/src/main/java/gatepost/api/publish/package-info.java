/** Calls that send messages, and take them back. */
package gatepost.api.publish;
