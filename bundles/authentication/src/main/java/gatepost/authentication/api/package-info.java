/** What authentication offers to other bundles: accounts and tokens for Gatepost's own parts, and who the users are. */
@org.osgi.annotation.versioning.Version("1.3.0")
package gatepost.authentication.api;
