/** What the gate tells operators, by whatever means they ask. */
@org.osgi.annotation.versioning.Version("1.0.0")
package gatepost.authorization.api;
