/** Whether Gatepost is well, asked of those who know. */
@org.osgi.annotation.versioning.Version("1.0.0")
package gatepost.metrics.health;
