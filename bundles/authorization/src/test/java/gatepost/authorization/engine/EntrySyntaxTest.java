package gatepost.authorization.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntrySyntaxTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsDestinationAndGroups() {
        Entry entry = EntrySyntax.entry(
                        "e", "  queue://user.{user}   read=users,_g_:staff admin=* write= ", problems::add)
                .orElseThrow();
        assertEquals("queue://user.{user}", entry.pattern().toString());
        assertEquals(Set.of("users", "staff"), entry.grants().read());
        assertEquals(Set.of(), entry.grants().write());
        assertEquals("read=staff,users admin=*", entry.grants().toString());
        assertTrue(problems.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            read=users                                | expected a destination first
            ``                                        | expected a destination first
            user.alice read=users                     | begins with queue:// or topic://
            temp-queue://a read=users                 | begins with queue:// or topic://
            Queue://a read=users                      | begins with queue:// or topic://
            queue:// read=users                       | expected a name after the prefix
            queue://a browse=users                    | expected read=, write= or admin=
            queue://a Read=users                      | expected read=, write= or admin=
            queue://a read                            | expected read=, write= or admin=
            queue://a read=users, admins              | expected read=, write= or admin=
            queue://a read=users,                     | before and after each comma
            queue://a read=a read=b                   | read= is there twice
            queue://a read=adm*                       | neither a plain name nor *
            queue://user.{user}.> read=users          | no wildcard may follow {user}
            queue://user.{user}.* read=users          | no wildcard may follow {user}
            queue://user.{user}.a.> read=users        | no wildcard may follow {user}
            queue://user-{user} read=users            | neither a plain name nor
            queue://user.{group} read=users           | neither a plain name nor
            queue://a.>.b read=users                  | only as the last segment
            queue://a.b* read=users                   | neither a plain name nor
            queue://a,b read=users                    | neither a plain name nor
            queue://a?consumer.exclusive=true read=x  | neither a plain name nor
            "queue://a read=users"                    | expected a destination
            """)
    void refusesAndSaysWhatItExpected(String text, String reason) {
        assertTrue(EntrySyntax.entry("e", text, problems::add).isEmpty());
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(reason)), problems.toString());
    }

    @Test
    void reportsAllThatIsWrongWithALine() {
        EntrySyntax.entry("e", "queue://a.>.b browse=x read=,", problems::add);
        assertEquals(4, problems.size(), problems.toString());
    }
}
