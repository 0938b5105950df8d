/** What authentication offers to other bundles: the accounts of Gatepost's own parts. */
@org.osgi.annotation.versioning.Version("1.0.0")
package gatepost.authentication.api;
