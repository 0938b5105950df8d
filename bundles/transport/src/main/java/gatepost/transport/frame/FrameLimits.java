package gatepost.transport.frame;

/**
 * What one frame may take.
 *
 * @param frameSize bytes of command, headers and body together
 * @param headers number of header lines
 * @param headerLength bytes of one header line
 */
public record FrameLimits(int frameSize, int headers, int headerLength) {}
