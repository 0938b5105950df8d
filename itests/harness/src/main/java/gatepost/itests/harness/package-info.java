/**
 * What the tests from outside are made of: a {@link gatepost.itests.harness.Gatepost distribution} that runs as a process of its
 * own, and {@link gatepost.itests.harness.StompClient clients} that put every byte on the wire themselves.
 */
package gatepost.itests.harness;
