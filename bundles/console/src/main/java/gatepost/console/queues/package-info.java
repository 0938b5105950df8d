/** What operators do with queues and inboxes. */
package gatepost.console.queues;
