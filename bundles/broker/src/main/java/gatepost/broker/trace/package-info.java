/** What happened to the last messages of each user, kept in memory for operators. */
package gatepost.broker.trace;
