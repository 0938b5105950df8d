/** What authentication offers to other bundles: the accounts of Gatepost's own parts, and who the users are. */
@org.osgi.annotation.versioning.Version("1.1.0")
package gatepost.authentication.api;
