package gatepost.contracts.inbox;

import gatepost.contracts.Durability;
import java.util.List;

/**
 * Messages of which something is true, or is not any more, that was otherwise before.
 *
 * @param offsets in order, at least one
 * @param stored safe when the change is on the disk
 */
public record Marked(List<Long> offsets, Durability stored) {}
