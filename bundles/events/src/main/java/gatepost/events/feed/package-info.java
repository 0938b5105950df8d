/** What is pending of each subscriber, and who tells it. */
package gatepost.events.feed;
