/** Which messages have waited for how long. */
package gatepost.events.waiting;
