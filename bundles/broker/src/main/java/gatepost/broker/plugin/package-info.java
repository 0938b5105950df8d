/** Filters around the regions: the plugins that have to be present, and the limits of one client. */
package gatepost.broker.plugin;
