/** Tells applications what happens to their users. */
package gatepost.events;
