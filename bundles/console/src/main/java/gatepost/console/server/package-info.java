/** Keeps the web server listening. */
package gatepost.console.server;
