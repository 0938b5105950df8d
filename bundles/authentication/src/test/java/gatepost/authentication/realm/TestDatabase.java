package gatepost.authentication.realm;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.karaf.jaas.modules.Encryption;
import org.apache.karaf.jaas.modules.EncryptionService;

/**
 * A database of users, as far as a login module asks it, which can be away; and the list of what was spent on hashes for it. One at a
 * time.
 */
public final class TestDatabase implements AutoCloseable {

    private static final String PASSWORDS = "SELECT PASSWORD FROM USERS WHERE USERNAME=?";

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, String> roles = new ConcurrentHashMap<>();
    private final List<Integer> spent = new ArrayList<>();
    private volatile boolean away;

    public TestDatabase() {
        TestRealm.offer(DataSource.class, answering(DataSource.class, (method, arguments) -> connection()));
        TestRealm.offer(EncryptionService.class, parameters -> new Counted());
    }

    /** @param stored the password as it is stored */
    public TestDatabase with(String user, String stored, String role) {
        passwords.put(user, stored);
        roles.put(user, role);
        return this;
    }

    /** From now on nobody can ask it. */
    public void away() {
        away = true;
    }

    /** @return rounds of each stored password that was looked at since it was asked last; 0 for one that is not hashed */
    public synchronized List<Integer> spent() {
        List<Integer> all = List.copyOf(spent);
        spent.clear();
        return all;
    }

    private Connection connection() throws SQLException {
        if (away) {
            throw new SQLException("nobody is there");
        }
        return answering(
                Connection.class,
                (method, arguments) -> method.equals("prepareStatement") ? statement((String) arguments[0]) : null);
    }

    private PreparedStatement statement(String sql) {
        Map<String, String> table = sql.equals(PASSWORDS) ? passwords : roles;
        List<String> found = new ArrayList<>();
        return answering(PreparedStatement.class, (method, arguments) -> {
            if (method.equals("setString") && table.containsKey((String) arguments[1])) {
                found.add(table.get((String) arguments[1]));
            }
            return method.equals("executeQuery") ? rows(found.iterator()) : null;
        });
    }

    private static ResultSet rows(Iterator<String> rows) {
        return answering(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> rows.hasNext();
            case "getString" -> rows.next();
            default -> null;
        });
    }

    private static <T> T answering(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                TestDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.answer(method.getName(), arguments)));
    }

    @Override
    public void close() {
        TestRealm.offer(EncryptionService.class, new HashedPasswords());
    }

    private interface Answers {
        Object answer(String method, Object[] arguments) throws SQLException;
    }

    private final class Counted implements Encryption {

        private final HashedPasswords passwords = new HashedPasswords();

        @Override
        public String encryptPassword(String plain) {
            return passwords.encryptPassword(plain);
        }

        @Override
        public boolean checkPassword(String input, String stored) {
            synchronized (TestDatabase.this) {
                spent.add(PasswordHash.cost(stored));
            }
            return passwords.checkPassword(input, stored);
        }
    }
}
