/** The inbox: every subscription gets every message, and what its owner has acknowledged is done. */
package gatepost.inbox;
