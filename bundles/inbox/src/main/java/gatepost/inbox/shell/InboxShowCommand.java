package gatepost.inbox.shell;

import gatepost.inbox.DeviceReport;
import gatepost.inbox.InboxReport;
import gatepost.inbox.ReaderReport;
import gatepost.shell.Bytes;
import gatepost.shell.Listing;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:inbox-show}: what is in one inbox, how far each device has come, and who has it open. */
@Service
@Command(
        scope = "gatepost",
        name = "inbox-show",
        description = "Shows what is in a user's inbox, how far each device has come, and who has it open",
        detailedDescription = "classpath:inbox-show.txt")
public final class InboxShowCommand extends InboxCommand {

    @Override
    protected Answer answer() throws Exception {
        InboxReport inbox = inboxes().show(user(), kind());
        Map<String, Object> facts = facts(inbox);
        Listing devices = devices(inbox);
        Listing readers = readers(inbox);
        return new Answer() {
            @Override
            public void print(PrintStream out, boolean format) {
                facts.forEach((name, value) -> out.printf("%-14s%s%n", name, Listing.text(value)));
                devices.print(out, format);
                readers.print(out, format);
            }

            @Override
            public Object object() {
                Map<String, Object> object = new LinkedHashMap<>();
                facts.forEach((name, value) -> object.put(name, Listing.plain(value)));
                object.put("devices", devices.objects());
                object.put("subscriptions", readers.objects());
                return object;
            }
        };
    }

    private static Map<String, Object> facts(InboxReport inbox) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("user", inbox.user());
        facts.put("inbox", inbox.kind());
        facts.put("queue", inbox.queue());
        facts.put("waiting", inbox.waiting());
        facts.put("history", inbox.history());
        facts.put("historyBytes", new Bytes(inbox.historyBytes()));
        facts.put("head", inbox.head());
        facts.put("epoch", inbox.epoch());
        facts.put("seen", inbox.seen());
        facts.put("unseen", inbox.unseen());
        facts.put("unread", inbox.unread());
        facts.put("loaded", inbox.loaded());
        return facts;
    }

    private static Listing devices(InboxReport inbox) {
        Listing list = new Listing("Account", "Device", "Up to", "Above", "Last used", "Connected")
                .ifEmpty("No device is remembered");
        for (DeviceReport device : inbox.devices()) {
            list.row(device.account(), device.name(), device.upTo(), device.above(), device.used(), device.connected());
        }
        return list;
    }

    private static Listing readers(InboxReport inbox) {
        Listing list = new Listing(
                        "Session", "Account", "Address", "Subscription", "Device", "Unacknowledged", "Position")
                .ifEmpty("Nobody has it open");
        for (ReaderReport reader : inbox.readers()) {
            list.row(
                    reader.session(),
                    reader.account(),
                    reader.address(),
                    reader.what(),
                    reader.device(),
                    reader.unacknowledged(),
                    reader.position());
        }
        return list;
    }
}
