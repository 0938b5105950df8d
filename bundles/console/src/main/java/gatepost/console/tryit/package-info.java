/** The page {@code /try}, on which a newcomer sees messages travel. */
package gatepost.console.tryit;
