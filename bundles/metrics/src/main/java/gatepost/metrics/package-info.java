/** What Gatepost counts and times, for Prometheus, JMX and the console. */
@org.osgi.annotation.versioning.Version("1.0.0")
package gatepost.metrics;
