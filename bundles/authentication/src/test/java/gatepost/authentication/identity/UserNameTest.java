package gatepost.authentication.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob@example.com", "a.b.c", "zoë", "auth0|123", "日本", "o'neil", "a=b", "x_y-z"})
    void namesThatPeopleHaveAreFine(String name) {
        assertEquals(Optional.empty(), UserName.fault(name));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "*",
                ">",
                "a.>",
                "a,b",
                "a?b",
                "_g_:admins",
                "a/b",
                "a b",
                " alice",
                "a\u0000",
                "a\n",
                "a\tb",
                "a\u00a0b",
                "a\u2028b",
                "a\u200bb",
                "a\u202eb",
                "a\ud800",
                "a\u0085",
                "a\ue000",
                "a\uf8ffb",
                "a\udb80\udc00",
                "a\u0378",
                "a\uffff",
                "a\u115fb",
                "a\u1160",
                "a\u3164",
                "a\uffa0",
                "a\u034fb",
                "a\u180bb",
                "a\u2800",
                "a\ufe0f",
                "a\udb40\udd00",
                "a\udb40\udc41",
                "a\u17b4",
                "a\u2065",
                "a\ufff0",
                "a\ud834\udd59"
            })
    void namesThatMeanSomethingElseOrPassForAnotherAreNot(String name) {
        assertTrue(UserName.fault(name).isPresent(), name);
    }

    @Test
    void nameMayBeOf255CharactersAndNotOfMore() {
        assertEquals(Optional.empty(), UserName.fault("x".repeat(255)));
        assertTrue(UserName.fault("x".repeat(256)).isPresent());
    }
}
