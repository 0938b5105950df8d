/** The commands of the Karaf shell for operators' routes. */
package gatepost.routes.shell;
