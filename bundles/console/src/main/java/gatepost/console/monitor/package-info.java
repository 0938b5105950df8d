/** What Gatepost tells those who start, stop, balance and watch it, on the console's port and on one of their own. */
package gatepost.console.monitor;
