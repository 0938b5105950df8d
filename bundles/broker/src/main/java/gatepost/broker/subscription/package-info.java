/** What an operator sees of durable subscriptions and does to them. */
package gatepost.broker.subscription;
