package gatepost.transport.session;

import gatepost.transport.metrics.TransportMetrics;
import java.util.concurrent.Executor;

/**
 * What all connections share.
 *
 * @param pool runs what clients ask for; its threads block on the disk
 * @param endings ends sessions whose own thread does not come back
 * @param users what each user's sessions hold together
 */
public record SharedResources(Executor pool, Executor endings, TransportMetrics metrics, UserShares users) {}
