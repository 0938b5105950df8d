/** What the broker's region of queues and the bundle of the inboxes say to each other. */
package gatepost.broker.inbox;
