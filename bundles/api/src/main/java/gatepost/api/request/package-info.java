/** Reads requests and writes answers: paths, queries, JSON (RFC 8259), problems (RFC 9457). Knows nothing of what they are about. */
package gatepost.api.request;
