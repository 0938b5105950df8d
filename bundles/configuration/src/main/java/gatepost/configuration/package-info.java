/** Reading configurations by their definitions, and reporting what became of each change; noticing that a file has changed. */
@org.osgi.annotation.versioning.Version("1.1.0")
package gatepost.configuration;
