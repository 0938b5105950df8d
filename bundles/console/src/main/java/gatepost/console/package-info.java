/** The console: what an administrator sees of Gatepost in a browser. */
package gatepost.console;
