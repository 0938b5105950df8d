/** How long the next sign-in has to wait after failures. */
package gatepost.authentication.throttle;
