package gatepost.console.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gatepost.configuration.LoggingConfigurationReports;
import gatepost.console.Console;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorsTest {

    private final TestClock clock = new TestClock();
    private final Console console =
            new Console(new LoggingConfigurationReports(), Map.of("session.idle", "60", "session.max", "300"));
    private final Operators operators = new Operators(console, clock);

    @Test
    void aSessionIsKnownByItsSecretAndNothingElse() {
        String secret = operators.open("admin", Role.ADMIN);
        assertEquals(Optional.of(new Operators.SignedIn("admin", Role.ADMIN)), operators.use(secret));
        assertEquals(Optional.empty(), operators.use(""));
        assertEquals(Optional.empty(), operators.use("admin"));
        assertEquals(43, secret.length());
        assertNotEquals(secret, operators.open("admin", Role.ADMIN));
    }

    @Test
    void aSessionEndsWhenItIsIdle() {
        String secret = operators.open("admin", Role.ADMIN);
        clock.advance(Duration.ofSeconds(59));
        assertEquals(Optional.of(new Operators.SignedIn("admin", Role.ADMIN)), operators.use(secret));
        clock.advance(Duration.ofSeconds(59));
        assertEquals(Optional.of(new Operators.SignedIn("admin", Role.ADMIN)), operators.use(secret));
        clock.advance(Duration.ofSeconds(60));
        assertEquals(Optional.empty(), operators.use(secret));
    }

    @Test
    void aSessionEndsInTheEndHoweverBusyItIs() {
        String secret = operators.open("admin", Role.ADMIN);
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofSeconds(33));
            assertEquals(Optional.of(new Operators.SignedIn("admin", Role.ADMIN)), operators.use(secret));
        }
        clock.advance(Duration.ofSeconds(33));
        assertEquals(Optional.empty(), operators.use(secret));
    }

    @Test
    void whoSignsOutIsForgotten() {
        String secret = operators.open("admin", Role.ADMIN);
        operators.close(secret);
        assertEquals(Optional.empty(), operators.use(secret));
    }

    @Test
    void ofVeryManySessionsTheIdlestMakesRoom() {
        String idle = operators.open("idle", Role.ADMIN);
        clock.advance(Duration.ofSeconds(1));
        String busy = operators.open("busy", Role.ADMIN);
        for (int i = 0; i < 999; i++) {
            operators.open("user" + i, Role.ADMIN);
        }
        assertEquals(Optional.empty(), operators.use(idle));
        assertEquals(Optional.of(new Operators.SignedIn("busy", Role.ADMIN)), operators.use(busy));
    }
}
