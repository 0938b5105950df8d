/** How shell commands answer: as a table, without borders, or as JSON. */
package gatepost.shell;
