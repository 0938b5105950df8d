package gatepost.transport.session;

import gatepost.contracts.InboxNames;
import gatepost.contracts.http.HttpApi;
import gatepost.transport.metrics.TransportMetrics;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all connections share.
 *
 * @param pool runs what clients ask for; its threads block on the disk
 * @param endings ends sessions whose own thread does not come back
 * @param users what each user's sessions hold together
 * @param api gives who answers HTTP calls, if somebody does at that moment
 * @param inboxes gives who says which queue is whose inbox, if somebody does at that moment
 */
public record SharedResources(
        Executor pool,
        Executor endings,
        TransportMetrics metrics,
        UserShares users,
        Supplier<Optional<HttpApi>> api,
        Supplier<Optional<InboxNames>> inboxes) {}
