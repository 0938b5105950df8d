/** The operator's routes: how they are doing, stopping and starting them. */
package gatepost.console.routes;
