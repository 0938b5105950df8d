/** Decides what a login and a passcode are, and in which order they are checked. */
package gatepost.authentication.login;
