/** The Camel component {@code gatepost:}, and the service that makes it. */
@org.osgi.annotation.versioning.Version("2.2.0")
package gatepost.camel;
