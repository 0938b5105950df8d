package gatepost.contracts.http;

/** What comes next of a call: its answer, or what has to happen before it. */
public sealed interface HttpStep permits HttpAnswer, HttpBody, HttpEvents, HttpPending {}
