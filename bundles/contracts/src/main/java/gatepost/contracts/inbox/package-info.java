/** What the broker's region of queues, its store and the bundle of the inboxes say to each other. */
package gatepost.contracts.inbox;
