/** What the console shows of single queues and sessions, which metrics never name. */
@org.osgi.annotation.versioning.Version("1.0.0")
package gatepost.metrics.view;
