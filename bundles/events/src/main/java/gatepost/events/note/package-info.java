/** How an event is written down: its name, its bytes, its JSON and its id. Pure functions. */
package gatepost.events.note;
