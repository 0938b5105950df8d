/**
 * May this user do that? The entry map, compiled once and asked for every send and subscription. Plain Java: it knows neither
 * ActiveMQ nor OSGi, and a test keeps it so.
 */
package gatepost.authorization.engine;
