/**
 * The engine's decisions carried into ActiveMQ: one filter that checks every way into the broker, the sessions that live
 * behind it, and what cuts them when a change no longer allows what they do.
 */
package gatepost.authorization.broker;
