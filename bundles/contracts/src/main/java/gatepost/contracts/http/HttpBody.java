package gatepost.contracts.http;

import java.util.function.Function;

/**
 * The body of the call has to be read.
 *
 * @param next takes the whole of it, on the session's thread, where it may wait for the disk
 */
public record HttpBody(Function<byte[], HttpStep> next) implements HttpStep {}
