package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.TakenAway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;

/** What clients ask of one inbox besides its messages. The gate has judged it by then. Any thread. */
final class Requests {

    /** So many messages that are done are looked at for one whose id is not remembered any more. */
    private static final int SEARCHED = 1_000;

    private final Parts parts;
    private final Inbox inbox;
    private final Settlement settlement;
    private final Pages pages;

    Requests(Inbox inbox, Parts parts, Settlement settlement) {
        this.inbox = inbox;
        this.parts = parts;
        this.settlement = settlement;
        this.pages = new Pages(parts);
    }

    /** @throws SecurityException when it is not for that client to ask */
    void answer(ConnectionContext context, InboxRequest request) throws IOException {
        String account = InboxReader.account(context);
        if (request.kind().isOwners() && !account.equals(parts.owner())) {
            throw new SecurityException("Denied: the inbox is another user's");
        }
        if (request.kind() == InboxRequest.Kind.PAGE) {
            request.answer(pages.of(request));
            return;
        }
        Optional<Durability> stored = switch (request.kind()) {
            case WITHDRAW -> withdraw(account, request);
            case DONE -> done(account, request);
            default -> parts.read().apply(request);
        };
        if (stored.isPresent()) {
            request.settled();
            stored.get().leaveWith(request.getMessageId());
        }
    }

    /** @return safe when all that waited is done, and the device's place is on the disk; nothing when there is nothing to write */
    private Optional<Durability> done(String account, InboxRequest request) throws IOException {
        MessageLog log = parts.content().log();
        if (!request.epoch().orElse("").equals(log.epoch())) {
            return Optional.empty();
        }
        List<Durability> changes = new ArrayList<>();
        Optional<ConsumerId> reader = request.device().flatMap(name -> reader(account, name));
        for (long place : places(request)) {
            settlement.done(inbox, place, TakenAway.BY_REQUEST, reader).ifPresent(changes::add);
        }
        request.device()
                .flatMap(name -> parts.devices().find(account, name))
                .map(device -> request.offset().isPresent()
                        ? parts.devices().acknowledged(device, request.offset().getAsLong(), true)
                        : parts.devices()
                                .hasUpTo(device, Math.min(request.upTo().getAsLong(), log.head())))
                .ifPresent(changes::add);
        return changes.isEmpty() ? Optional.empty() : Optional.of(Durability.ofAll(changes));
    }

    /** @return the subscription of a device that acknowledges by requests, while it is there */
    private Optional<ConsumerId> reader(String account, String device) {
        return parts.readers().subscriptions().stream()
                .filter(reader -> InboxReader.account(reader.getContext()).equals(account))
                .map(Subscription::getConsumerInfo)
                .filter(info -> info instanceof InboxConsumer consumer
                        && consumer.isDoneByRequest()
                        && consumer.device().equals(Optional.of(device)))
                .map(ConsumerInfo::getConsumerId)
                .findFirst();
    }

    private List<Long> places(InboxRequest request) {
        return request.offset().isPresent()
                ? List.of(request.offset().getAsLong())
                : parts.content()
                        .waitingPlaces()
                        .takeWhile(place -> place <= request.upTo().getAsLong())
                        .boxed()
                        .toList();
    }

    /** @return safe when all that was found is gone from the disk; nothing when nothing was found */
    private Optional<Durability> withdraw(String account, InboxRequest request) throws IOException {
        boolean urgent = request.isResponseRequired();
        Names.Key id = Names.Key.of(request.id().orElseThrow(), account);
        List<Long> offsets = parts.identities().find(id, request.isByAdministrator());
        Optional<Durability> stored = remove(offsets, urgent);
        return stored.isPresent() ? stored : remove(search(account, request), urgent);
    }

    private Optional<Durability> remove(List<Long> offsets, boolean urgent) throws IOException {
        // several senders may have sent messages of one id
        List<Durability> removed = new ArrayList<>();
        for (long offset : offsets) {
            Message message = inbox.room().isTraced() ? parts.content().read(offset) : null;
            Optional<Durability> gone = settlement.withdrawn(offset, urgent);
            gone.ifPresent(removed::add);
            if (gone.isPresent() && message != null) {
                inbox.room().takenAway(message.getMessageId(), TakenAway.WITHDRAWN, Optional.empty());
            }
        }
        return removed.isEmpty() ? Optional.empty() : Optional.of(Durability.ofAll(removed));
    }

    private List<Long> search(String account, InboxRequest request) throws IOException {
        MessageLog log = parts.content().log();
        List<Long> found = new ArrayList<>();
        int searched = 0;
        for (long offset = log.after(Long.MIN_VALUE);
                offset != Long.MAX_VALUE && searched < SEARCHED;
                offset = log.after(offset)) {
            if (log.isDone(offset)) {
                searched++;
                Message message = parts.content().read(offset);
                if (message != null
                        && request.id().get().equals(Names.text(message, InboxHeaders.ID))
                        && (request.isByAdministrator() || account.equals(message.getUserID()))) {
                    found.add(offset);
                }
            }
        }
        return found;
    }
}
