/** The welcome's command. */
package gatepost.welcome.shell;
