/** ActiveMQ's regions, queues and subscriptions, where they differ: queues are loaded, unloaded and found by their name. */
package gatepost.broker.region;
