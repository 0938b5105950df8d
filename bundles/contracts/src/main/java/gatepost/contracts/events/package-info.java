/** What applications are told of their users: who reports it, where it is recorded, and who wants to hear it. */
package gatepost.contracts.events;
