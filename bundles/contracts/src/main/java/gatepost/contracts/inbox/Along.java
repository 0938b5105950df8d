package gatepost.contracts.inbox;

import java.util.List;

/**
 * What is written with a message, all of it or nothing.
 *
 * @param notes what is remembered from then on
 * @param replaces the offset of a message that goes, waiting or done, and is not trimmed; 0 for none
 */
public record Along(List<Note> notes, long replaces) {}
