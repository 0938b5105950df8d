package gatepost.authentication.session;

import gatepost.authentication.api.UserListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
public class UserNews implements UserListener {

    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void listed(Map<String, Set<String>> users) {
        all.add("listed " + new TreeMap<>(users));
    }

    @Override
    public void signedIn(String user, Set<String> groups) {
        all.add("in " + user + " " + new TreeSet<>(groups));
    }

    @Override
    public void signedOut(String user) {
        all.add("out " + user);
    }

    public List<String> all() {
        return List.copyOf(all);
    }
}
