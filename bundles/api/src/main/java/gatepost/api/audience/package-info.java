/** Calls that say who is in an audience. */
package gatepost.api.audience;
