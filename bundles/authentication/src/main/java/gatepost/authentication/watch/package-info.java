/** Which files have changed. */
package gatepost.authentication.watch;
