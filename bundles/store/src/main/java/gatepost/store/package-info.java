/** The store of the broker: queues in a journal made for many small ones, topics in KahaDB beside it. */
package gatepost.store;
