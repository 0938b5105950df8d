/**
 * Inputs that nobody thought of, for everything that reads what a client or an operator wrote. Each target checks a property that has
 * to hold for any bytes at all.
 */
package gatepost.itests.fuzz;
