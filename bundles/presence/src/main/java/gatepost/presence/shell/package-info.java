/** The shell command of presence. */
package gatepost.presence.shell;
