/** Subscriptions to who is on line: held here, so that what tells them can come and go, and nobody's connection is touched. */
package gatepost.broker.presence;
