/** The commands for inboxes. */
package gatepost.inbox.shell;
