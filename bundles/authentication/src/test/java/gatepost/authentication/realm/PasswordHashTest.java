package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    @Test
    void hashMatchesItsPasswordAndNoOther() {
        String stored = PasswordHash.of("s3cret, with a comma");
        assertTrue(PasswordHash.matches("s3cret, with a comma", stored));
        assertFalse(PasswordHash.matches("s3cret", stored));
        assertFalse(PasswordHash.matches(stored, stored));
        assertFalse(stored.contains("s3cret"));
        assertFalse(stored.contains(","), "a comma would end the password in the users file");
    }

    @Test
    void hashIsSalted() {
        assertNotEquals(PasswordHash.of("same"), PasswordHash.of("same"));
    }

    @Test
    void agreesWithAnotherMakersHash() {
        // python3: hashlib.pbkdf2_hmac('sha512', b'password', b'saltsaltsaltsalt', 1000, 32)
        assertTrue(PasswordHash.matches(
                "password", "{PBKDF2}1000:c2FsdHNhbHRzYWx0c2FsdA==:715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hA="));
    }

    @Test
    void plainPasswordMatchesItself() {
        assertTrue(PasswordHash.matches("manager", "manager"));
        assertFalse(PasswordHash.matches("Manager", "manager"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{PBKDF2}",
                "{PBKDF2}0:c2FsdA==:aGFzaA==",
                "{PBKDF2}1000:c2FsdA==:",
                "{PBKDF2}1000:===:aGFzaA==",
                "{PBKDF2}1000:c2FsdA==:a",
                "{PBKDF2}x:c2FsdA==:aGFzaA=="
            })
    void mangledHashLetsNobodyIn(String stored) {
        assertFalse(PasswordHash.matches("", stored));
        assertFalse(PasswordHash.matches("password", stored));
        assertFalse(PasswordHash.matches(stored, stored));
    }
}
