/**
 * Selectors: the comparisons that Jakarta Messaging 3.1 (section 3.8.1) knows and nothing else, in a time that the message and the
 * selector bound. ActiveMQ's own have functions, XPath and regular expressions, with which one client stops the broker for all.
 */
package gatepost.broker.selector;
