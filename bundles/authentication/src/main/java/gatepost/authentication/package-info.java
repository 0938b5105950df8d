/** Puts authentication together from its configuration and offers it to the broker. */
package gatepost.authentication;
