package gatepost.broker.selector;

/**
 * What a selector may be.
 *
 * @param length characters
 * @param depth of parentheses, operators and signs within each other
 * @param wildcards {@code %} and {@code _} in all its LIKE patterns together
 * @param work characters that it may compare for one message; one that needs more does not match it
 */
public record SelectorLimits(int length, int depth, int wildcards, int work) {}
