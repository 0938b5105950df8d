/** Calls that say who is on line. */
package gatepost.api.presence;
