/** The last lines of the log and of the audit log. */
package gatepost.console.log;
