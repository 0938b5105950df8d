/** Users, on line or not: what the pages show of them. */
package gatepost.console.people;
