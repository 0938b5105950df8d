package gatepost.transport.connector;

import gatepost.contracts.Networks;

/**
 * How many connections a connector takes at a time.
 *
 * @param connections in all
 * @param anonymous of them that have not signed in
 * @param perAddress of those from one address, 0 for no limit; loopback and proxies have none
 * @param proxies whose address says nothing of who comes through them
 */
public record Admittance(int connections, int anonymous, int perAddress, Networks proxies) {}
