package gatepost.authentication;

import gatepost.authentication.realm.UsersFile;
import gatepost.contracts.UserGroups;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The groups of users as the users file in force lists them. Any thread. */
final class ListedGroups implements UserGroups {

    private record Content(Map<String, UsersFile.User> all) implements Listed {

        @Override
        public Set<String> users() {
            return all.keySet();
        }

        @Override
        public Optional<Collection<String>> groupsOf(String user) {
            return Optional.ofNullable(all.get(user)).map(UsersFile.User::groups);
        }
    }

    private final Supplier<UsersFile> file;

    ListedGroups(Supplier<UsersFile> file) {
        this.file = file;
    }

    @Override
    public Listed listed() {
        return new Content(file.get().users());
    }
}
