package gatepost.authentication;

import gatepost.authentication.realm.UsersFile;
import gatepost.contracts.UserGroups;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The groups of users as the users file in force lists them. Any thread. */
final class ListedGroups implements UserGroups {

    private final Supplier<UsersFile> file;

    ListedGroups(Supplier<UsersFile> file) {
        this.file = file;
    }

    @Override
    public Optional<Collection<String>> groupsOf(String user) {
        return file.get().user(user).map(UsersFile.User::groups);
    }

    @Override
    public Map<String, Collection<String>> listed() {
        Map<String, Collection<String>> listed = new HashMap<>();
        file.get().users().forEach((name, user) -> listed.put(name, user.groups()));
        return listed;
    }
}
