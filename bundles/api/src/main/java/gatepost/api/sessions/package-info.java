/** Calls that show and end sessions, and revoke what lets people in. */
package gatepost.api.sessions;
