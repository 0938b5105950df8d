package gatepost.api.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.http.CallRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private final Template template = new Template("/api/v1/users/{user}/messages");

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "a.b, a.b",
        "a%2Fb, a/b",
        "%2E%2E, ..",
        "..%2F..%2Fx, ../../x",
        "a%20b, a b",
        "a+b, a+b",
        "messages, messages",
        "gr%C3%BCn, grün"
    })
    void aSegmentIsAName(String segment, String user) throws CallRefused {
        assertEquals(Optional.of(user), user("/api/v1/users/" + segment + "/messages", Map.of()));
    }

    @Test
    void aNameMayStandInTheQueryInstead() throws CallRefused {
        assertEquals(Optional.of("a/b"), user("/api/v1/users/messages", Map.of("user", "a/b")));
    }

    @Test
    void aNameStandsInOnePlaceOnly() throws CallRefused {
        assertEquals(Optional.empty(), template.match("/api/v1/users/alice/messages", Map.of("user", "bob")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users/42",
                "/api/v1/users/42/messages/",
                "/api/v1/users//42/messages",
                "/api/v1/users/42/Messages",
                "/api/v1/users/42/%6Dessages",
                "/api/v1/users/../messages/messages",
                "/API/v1/users/42/messages",
                "/",
                "//"
            })
    void anotherPathIsNotThis(String path) throws CallRefused {
        assertEquals(Optional.empty(), template.match(path, Map.of()));
    }

    @Test
    void aSegmentThatCannotBeReadIsRefused() {
        assertThrows(CallRefused.class, () -> template.match("/api/v1/users/%zz/messages", Map.of()));
    }

    @Test
    void itKnowsItsNames() {
        assertEquals(List.of("user", "offset"), new Template("/users/{user}/messages/{offset}").names());
        assertEquals("/api/v1/users/{user}/messages", template.toString());
    }

    private Optional<String> user(String path, Map<String, String> query) throws CallRefused {
        return template.match(path, query).flatMap(parameters -> parameters.text("user"));
    }
}
