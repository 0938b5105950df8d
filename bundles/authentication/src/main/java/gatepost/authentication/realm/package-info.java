/** The JAAS realm {@code gatepost}, its users file and its hashed passwords. */
package gatepost.authentication.realm;
