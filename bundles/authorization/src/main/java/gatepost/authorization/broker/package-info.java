/**
 * The engine's decisions carried into ActiveMQ: one filter that checks every way into the broker, what the sessions
 * behind it are subscribed to, and what has them cut when a change no longer allows what they do.
 */
package gatepost.authorization.broker;
