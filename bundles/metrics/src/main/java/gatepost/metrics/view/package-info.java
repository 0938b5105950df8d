/** What the console shows of single queues, inboxes and sessions, which metrics never name. */
@org.osgi.annotation.versioning.Version("1.1.0")
package gatepost.metrics.view;
