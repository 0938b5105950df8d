/** Webhooks: events over HTTP, signed as Standard Webhooks say. */
package gatepost.events.webhook;
