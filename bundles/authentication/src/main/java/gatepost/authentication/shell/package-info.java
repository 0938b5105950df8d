/** The shell's commands for tokens and passwords. */
package gatepost.authentication.shell;
