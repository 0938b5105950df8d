/** One store for each queue: what is where in the journal, transactions, and what was found at the start. */
package gatepost.store.queue;
