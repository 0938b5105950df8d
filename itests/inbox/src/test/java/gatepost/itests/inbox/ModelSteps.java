package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.inbox.Model.Entry;
import gatepost.itests.inbox.ModelTab.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;

/** What an application and a user with many tabs do, at random, of which a {@link Model} says what has to come of it. */
final class ModelSteps {

    private static final int TABS = 10;
    private static final List<String> DEVICES = List.of("phone", "laptop", "tablet");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where a tab that has gone had got to. */
    private record Place(String epoch, long offset) {}

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner;
    private final Random random;
    private final Model model;
    private final List<ModelTab> tabs = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    /** Texts of what has no offset, since the start of Gatepost. */
    private final Set<String> unstoredTexts = new HashSet<>();

    private final Set<String> purgedDevices = new HashSet<>();
    private final ModelApplication application;
    private int opened;
    private String step = "the start";

    ModelSteps(Owner owner, Random random) {
        this.owner = owner;
        this.random = random;
        // at the first start of all, connectors open a second time a moment after they listen
        ServerFrame first = Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> owner.publish("first", "gatepost-id:first"), receipt -> true);
        this.model = Model.of(Position.epoch(first));
        model.limit(Integer.MAX_VALUE);
        model.sends("first");
        model.sent("first", first);
        application = new ModelApplication(owner, model, random);
    }

    /** @return what it was at */
    String step() {
        return step;
    }

    @Override
    public String toString() {
        return application + " and " + opened + " tabs";
    }

    /** Does something. */
    void next() {
        int chance = random.nextInt(100);
        if (chance < 35) {
            doing("publish after " + application, this::publish);
        } else if (chance < 55) {
            some().ifPresent(tab -> doing("read " + tab.view(), tab::read));
        } else if (chance < 75) {
            some().ifPresent(tab -> doing("settle in " + tab.view(), () -> tab.settle(random)));
        } else if (chance < 84) {
            open();
        } else if (chance < 89) {
            some().ifPresent(tab -> doing("close " + tab.view(), () -> close(tab)));
        } else if (chance < 97) {
            mark();
        } else if (chance < 98) {
            doing("compare", this::compare);
        } else if (chance < 99 && random.nextInt(3) == 0 || model.log().size() > 700) {
            doing("purge", this::purge);
        }
    }

    private void doing(String what, Runnable action) {
        step = what;
        action.run();
    }

    private Optional<ModelTab> some() {
        return tabs.isEmpty() ? Optional.empty() : Optional.of(tabs.get(random.nextInt(tabs.size())));
    }

    private void publish() {
        String unstored = application.next();
        if (unstored != null) {
            unstoredTexts.add(unstored);
            tabs.forEach(tab -> tab.view().sent(unstored));
            application.sendUnstored(unstored);
        }
        // what came in a transaction has an offset that no RECEIPT has said
        if (model.isAnyUnderway()) {
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> model.holds(log(), false));
        }
    }

    private void open() {
        if (tabs.size() == TABS) {
            return;
        }
        Mode mode = Mode.values()[random.nextInt(Mode.values().length)];
        Transport transport = Transport.values()[random.nextInt(2)];
        List<String> headers = new ArrayList<>(List.of(mode.header));
        if (random.nextInt(3) == 0) {
            headers.add("activemq.prefetchSize:" + (1 + random.nextInt(20)));
        }
        String device = DEVICES.get(random.nextInt(DEVICES.size()));
        boolean taken = mode == Mode.OTHERS || tabs.stream().anyMatch(tab -> tab.is(device));
        String name = mode + " tab " + ++opened;
        switch (taken ? random.nextInt(5) : random.nextInt(9)) {
            case 0, 1 -> begin(mode, open(mode, transport, headers), name, null, Optional.empty());
            case 2 -> {
                headers.add("gatepost-start:oldest");
                begin(mode, open(mode, transport, headers), name, -1L, Optional.empty());
            }
            case 3, 4 -> {
                if (!places.isEmpty()) {
                    Place place = places.get(random.nextInt(places.size()));
                    headers.add("gatepost-offset:" + place.offset);
                    headers.add("gatepost-epoch:" + place.epoch);
                    Tab tab = open(mode, transport, headers);
                    boolean same = place.epoch.equals(model.epoch());
                    assertTrue(same || Position.saysGap(tab.begun()), "another epoch, and no gap");
                    begin(mode, tab, name, same ? place.offset : -1L, Optional.empty());
                }
            }
            default -> {
                headers.add("gatepost-device:" + device);
                begin(mode, open(mode, transport, headers), name, null, Optional.of(device));
            }
        }
    }

    private void openAgain(String device) {
        List<String> headers = List.of(Mode.INDIVIDUAL.header, "gatepost-device:" + device);
        Tab tab = open(Mode.INDIVIDUAL, Transport.TCP, headers);
        begin(Mode.INDIVIDUAL, tab, "tab " + ++opened, null, Optional.of(device));
    }

    private Tab open(Mode mode, Transport transport, List<String> headers) {
        step = "open " + headers;
        String[] all = headers.toArray(String[]::new);
        return mode == Mode.OTHERS
                ? Tab.open(transport, "system", "manager", owner.inbox(), all)
                : owner.tab(transport, all);
    }

    /** @param behind where it begins, {@code null} for what waits or what its device has not acknowledged */
    private void begin(Mode mode, Tab tab, String name, Long behind, Optional<String> device) {
        assertEquals(model.epoch(), Position.epoch(tab.begun()));
        boolean gap = Position.saysGap(tab.begun());
        ModelView view;
        if (device.isPresent() && model.device(device.get()) != null) {
            boolean known = model.device(device.get()).known;
            view = ModelView.of(
                    model, name + " of " + device.get(), model.begins(device.get()), known, gap, unstoredTexts);
        } else if (behind != null) {
            view = ModelView.behind(model, name, behind, gap, unstoredTexts);
        } else {
            device.ifPresent(model::begins);
            boolean told = device.isPresent() && purgedDevices.remove(device.get());
            // the word that it was told is not waited for, so that it may be told again after a kill
            assertTrue(told ? gap : !gap || device.isPresent(), () -> name + ": a gap " + gap + ", purged " + told);
            view = ModelView.waiting(model, name, gap, unstoredTexts);
        }
        tabs.add(new ModelTab(model, tab, view, mode, device));
        model.takesAtOnce(tabs.stream().anyMatch(ModelTab::takesAtOnce));
    }

    private void close(ModelTab tab) {
        tab.leave(random);
        tab.close();
        tabs.remove(tab);
        remember(tab);
    }

    private void remember(ModelTab tab) {
        if (tab.view().at() >= 0) {
            places.add(new Place(tab.view().epoch(), tab.view().at()));
        }
    }

    private void mark() {
        List<Entry> all = List.copyOf(model.log().values());
        if (all.isEmpty()) {
            return;
        }
        Entry entry = all.get(random.nextInt(all.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                ask("seen", "gatepost-upto:" + entry.offset);
                model.sawUpTo(entry.offset);
            }
            case 1 -> {
                ask("read", "gatepost-upto:" + entry.offset);
                model.log().headMap(entry.offset, true).values().forEach(each -> each.read = true);
            }
            case 2 -> {
                ask("archive", "gatepost-offset:" + entry.offset);
                entry.archived = true;
            }
            case 3, 4 -> {
                ask("unread", "gatepost-offset:" + entry.offset);
                entry.read = false;
            }
            default -> {
                ask("read", "gatepost-offset:" + entry.offset);
                entry.read = true;
            }
        }
    }

    private void ask(String what, String header) {
        step = what + " " + header;
        try (StompClient client = owner.client()) {
            client.done(ClientFrame.of(
                    "SEND", "destination:/gatepost/inbox/" + what, header, "gatepost-epoch:" + model.epoch()));
        }
    }

    private List<ServerFrame> log() {
        return owner.log().stream()
                .filter(message -> message.header("gatepost-offset") != null)
                .toList();
    }

    /** Every tab has all; the log and the counts are those of the model. */
    void compare() {
        String text = application.text();
        Entry last = application.send(text);
        tabs.forEach(tab -> tab.readTo(last));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<ServerFrame> log = log();
            model.holds(log, false);
            String state = state();
            assertTrue(state.contains(model.counts(log)), () -> state + ", not " + model.counts(log));
        });
        // what was just seen is on the disk when this is
        application.send("after" + text);
    }

    private String state() {
        try (Tab watcher = Tab.open(Transport.TCP, owner.name(), owner.name(), "/gatepost/inbox/state")) {
            return watcher.next().text();
        }
    }

    private void purge() {
        compare();
        int limit = random.nextBoolean() ? 20 : Integer.MAX_VALUE;
        history("" + Math.min(limit, 100_000));
        gatepost.shell("gatepost:queue-purge user." + owner.name());
        String text = application.text();
        ServerFrame first = owner.publish(text);
        DEVICES.stream()
                .filter(name -> model.device(name) != null && model.device(name).known)
                .forEach(purgedDevices::add);
        model.purged(Position.epoch(first));
        model.limit(limit);
        tabs.forEach(tab -> tab.view().purged());
        for (String name : DEVICES) {
            if (tabs.stream().anyMatch(tab -> tab.is(name))) {
                purgedDevices.remove(name);
                model.begins(name);
            }
        }
        application.purged();
        model.sends(text);
        model.sent(text, first);
    }

    /** Sets {@code history.messages}. */
    static void history(String messages) {
        Gatepost gatepost = Suite.gatepost();
        if (!messages.equals(gatepost.setting(Suite.INBOX, "history.messages"))) {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", messages));
        }
    }

    /** Kills Gatepost while much is on its way, and looks at what has become of it after a start. */
    void kill() throws InterruptedException {
        step = "kill";
        ModelBurst burst = new ModelBurst(owner, model, application);
        burst.send(tabs, random);
        // a kill may come at any moment: that is what is tried, and nothing is waited for
        Thread.sleep(random.nextInt(40));
        gatepost.kill();
        burst.end(tabs);
        tabs.forEach(this::remember);
        List<String> taking = tabs.stream()
                .filter(ModelTab::takesAtOnce)
                .flatMap(tab -> tab.device().stream())
                .toList();
        tabs.clear();
        model.killed();
        unstoredTexts.clear();
        step = "start after a kill";
        gatepost.start();
        List<ServerFrame> log = log();
        model.holds(log, true);
        // with ack:auto a device has what its socket took, also what its client has not read
        taking.forEach(device -> model.device(device).mayHave.addAll(model.log().keySet()));
        burst.assertWhole(log);
        application.comeBack(burst.named());
        DEVICES.stream()
                .filter(name -> model.device(name) != null && model.device(name).known)
                .forEach(this::openAgain);
        compare();
    }

    /** @return what Gatepost itself says of the inbox, for whoever looks for a fault */
    String picture() {
        return gatepost.shell("gatepost:inbox-show " + owner.name())
                + gatepost.shell("gatepost:message-trace " + owner.name());
    }

    /** Closes what is open. */
    void close() {
        tabs.forEach(ModelTab::close);
        application.close();
    }
}
