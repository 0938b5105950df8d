/** What an operator sees of queues and does to them, loaded or not. */
package gatepost.broker.queue;
