/** What the console shows from second to second, published to a topic of its own. */
package gatepost.console.live;
