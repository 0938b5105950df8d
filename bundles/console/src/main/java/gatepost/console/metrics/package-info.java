/** What is counted, for Prometheus. */
package gatepost.console.metrics;
