/** The commands of the Karaf shell: what the map says, what a change would do, who is there. */
package gatepost.authorization.shell;
