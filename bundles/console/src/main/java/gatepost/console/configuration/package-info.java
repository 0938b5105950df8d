/** The files in etc that Gatepost reads: what became of them, and changing them as one whole. */
package gatepost.console.configuration;
