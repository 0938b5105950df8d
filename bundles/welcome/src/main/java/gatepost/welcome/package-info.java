/** Greets every user once, in their own queue. */
package gatepost.welcome;
