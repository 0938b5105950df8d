/** Calls that look at an inbox, or say what its owner has seen and read. */
package gatepost.api.inbox;
