/** Camel routes that operators drop into a folder: each file runs, changes and goes on its own. */
package gatepost.routes;
