/** The Camel component {@code gatepost:}, publishers for those without Camel, and the service that makes them. */
@org.osgi.annotation.versioning.Version("1.1.0")
package gatepost.camel;
