/** Sessions that begin and end, as events. */
package gatepost.events.session;
