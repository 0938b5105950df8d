package gatepost.console.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gatepost.configuration.LoggingConfigurationReports;
import gatepost.console.Console;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdministratorsTest {

    private final TestClock clock = new TestClock();
    private final Console console =
            new Console(new LoggingConfigurationReports(), Map.of("session.idle", "60", "session.max", "300"));
    private final Administrators administrators = new Administrators(console, clock);

    @Test
    void aSessionIsKnownByItsSecretAndNothingElse() {
        String secret = administrators.open("admin");
        assertEquals(Optional.of("admin"), administrators.use(secret));
        assertEquals(Optional.empty(), administrators.use(""));
        assertEquals(Optional.empty(), administrators.use("admin"));
        assertEquals(43, secret.length());
        assertNotEquals(secret, administrators.open("admin"));
    }

    @Test
    void aSessionEndsWhenItIsIdle() {
        String secret = administrators.open("admin");
        clock.advance(Duration.ofSeconds(59));
        assertEquals(Optional.of("admin"), administrators.use(secret));
        clock.advance(Duration.ofSeconds(59));
        assertEquals(Optional.of("admin"), administrators.use(secret));
        clock.advance(Duration.ofSeconds(60));
        assertEquals(Optional.empty(), administrators.use(secret));
    }

    @Test
    void aSessionEndsInTheEndHoweverBusyItIs() {
        String secret = administrators.open("admin");
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofSeconds(33));
            assertEquals(Optional.of("admin"), administrators.use(secret));
        }
        clock.advance(Duration.ofSeconds(33));
        assertEquals(Optional.empty(), administrators.use(secret));
    }

    @Test
    void whoSignsOutIsForgotten() {
        String secret = administrators.open("admin");
        administrators.close(secret);
        assertEquals(Optional.empty(), administrators.use(secret));
    }

    @Test
    void ofVeryManySessionsTheIdlestMakesRoom() {
        String idle = administrators.open("idle");
        clock.advance(Duration.ofSeconds(1));
        String busy = administrators.open("busy");
        for (int i = 0; i < 999; i++) {
            administrators.open("user" + i);
        }
        assertEquals(Optional.empty(), administrators.use(idle));
        assertEquals(Optional.of("busy"), administrators.use(busy));
    }
}
