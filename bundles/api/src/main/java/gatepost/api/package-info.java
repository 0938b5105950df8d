/** What applications and pages call over HTTP: which call is whose, and how each is answered. */
package gatepost.api;
