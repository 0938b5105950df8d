/** What a user can make the broker keep in memory, and of dead letters; what waits in the store is bounded there. */
package gatepost.broker.quota;
