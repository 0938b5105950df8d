/** The types by which Gatepost's bundles meet where ActiveMQ has none of its own. */
@org.osgi.annotation.versioning.Version("1.0.0")
package gatepost.contracts;
