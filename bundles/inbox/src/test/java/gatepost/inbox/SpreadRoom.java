package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.Reach;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.Room;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;

/** Notes what is sent to many inboxes instead of sending it. */
final class SpreadRoom {

    /** @param inboxes the names of those that it was sent to, in order */
    record Spread(Message message, List<String> inboxes) {}

    /** The names of inboxes that are full. */
    final Set<String> full = new HashSet<>();

    private final List<Spread> spreads = new CopyOnWriteArrayList<>();

    /** @return all that was sent, in order */
    List<Spread> spreads() {
        return spreads;
    }

    /** @return a room that is this one's in all but that */
    Room of(Room room) {
        return (Room) Proxy.newProxyInstance(
                Room.class.getClassLoader(), new Class<?>[] {Room.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("spread")) {
                        return spread(room, arguments);
                    }
                    try {
                        return method.invoke(room, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private Durability spread(Room room, Object... arguments) {
        Collection<ActiveMQQueue> inboxes = (Collection<ActiveMQQueue>) arguments[1];
        Set<String> names = new TreeSet<>();
        inboxes.forEach(queue -> names.add(queue.getPhysicalName()));
        if (names.isEmpty() || names.size() < inboxes.size()) {
            throw new IllegalArgumentException("each once: " + inboxes);
        }
        spreads.add(new Spread((Message) arguments[0], new ArrayList<>(names)));
        int skipped = (int) names.stream().filter(full::contains).count();
        Reach reach = new Reach(names.size() - skipped, skipped);
        ((Function<Reach, List<Note>>) arguments[2])
                .apply(reach)
                .forEach(note -> room.log().note(note, true));
        Durability stored = Durability.alreadySafe();
        stored.reach(reach);
        return stored;
    }
}
