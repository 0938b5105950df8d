/** The shell commands of webhooks. */
package gatepost.events.shell;
