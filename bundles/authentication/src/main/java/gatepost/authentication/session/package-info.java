/** The broker's filter, and the sessions that it has let in. */
package gatepost.authentication.session;
