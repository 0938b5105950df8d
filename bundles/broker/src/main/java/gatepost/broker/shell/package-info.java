/** The commands of the shell that look at the broker and its queues. */
package gatepost.broker.shell;
