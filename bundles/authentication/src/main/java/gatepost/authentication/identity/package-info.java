/** Users' names, and who somebody turned out to be. */
package gatepost.authentication.identity;
