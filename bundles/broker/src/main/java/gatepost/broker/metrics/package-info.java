/** What the broker says of itself: counts, rates and health. */
package gatepost.broker.metrics;
