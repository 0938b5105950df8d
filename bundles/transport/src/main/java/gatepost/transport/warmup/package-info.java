/** Connections to itself when the bundle starts, so that the first clients do not wait for the compiler. */
package gatepost.transport.warmup;
