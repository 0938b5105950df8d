/** What is not accepted any more although it is not over. */
package gatepost.authentication.revocation;
