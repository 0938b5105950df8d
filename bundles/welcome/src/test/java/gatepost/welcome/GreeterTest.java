package gatepost.welcome;

import static gatepost.welcome.WelcomeSettingsTest.settings;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.welcome.TestSender.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GreeterTest {

    private static final Set<String> USERS = Set.of("users");

    private final TestRecords records = new TestRecords();
    private Instant now = Instant.parse("2026-11-23T08:30:00Z");
    private ScheduledThreadPoolExecutor thread;
    private Greeter greeter;
    private TestSender sender = new TestSender(records);

    @BeforeEach
    void start() {
        thread = new ScheduledThreadPoolExecutor(1);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        greeter = new Greeter(thread, () -> now, new GreetedUsers(() -> records));
    }

    @AfterEach
    void stop() {
        end();
    }

    /** What was on its way is lost. */
    private void crash() {
        idle();
        end();
        sender = new TestSender(records);
        start();
    }

    private void end() {
        thread.shutdown();
        await().until(thread::isTerminated);
    }

    private <T> T call(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void run(Consumer<Greeter> task) {
        call(() -> {
            task.accept(greeter);
            return null;
        });
    }

    /** Whatever has begun is done. */
    private void idle() {
        for (int i = 0; i < 3; i++) {
            call(() -> null);
        }
    }

    private void begin(String... keysAndValues) {
        String[] all = new String[keysAndValues.length + 2];
        all[0] = "rate";
        all[1] = "10000";
        System.arraycopy(keysAndValues, 0, all, 2, keysAndValues.length);
        run(it -> it.change(settings(all), sender));
    }

    private void list(String... users) {
        run(it -> it.listed(List.of(users).stream().collect(Collectors.toMap(user -> user, user -> USERS))));
    }

    private Sent one() {
        await().until(() -> sender.open() == 1);
        return sender.take().get(0);
    }

    private void arrive() {
        sender.take().forEach(Sent::arrived);
        idle();
    }

    @Test
    void membersOfTheGroupAreGreetedOnceWhenTheyAreListed() {
        begin();
        run(it -> it.listed(Map.of("alice", USERS, "root", Set.of("admins"), "a,b", USERS)));
        one().arrived();
        idle();
        list("alice");
        list("alice", "bob");
        one().arrived();
        idle();
        list("bob", "alice");
        run(it -> it.signedIn("alice", USERS));
        idle();
        assertEquals(List.of("alice", "bob"), sender.all());
    }

    @Test
    void whoIsInNoFileIsGreetedOnSigningIn() {
        begin();
        run(it -> it.signedIn("frank", USERS));
        run(it -> it.signedIn("frank", USERS));
        run(it -> it.signedIn("root", Set.of("admins")));
        one().arrived();
        idle();
        run(it -> it.signedIn("frank", USERS));
        assertEquals(List.of("frank"), sender.all());
    }

    @Test
    void greetingGoesOutAgainUntilItsReceiptHasCome() {
        begin();
        list("alice");
        Sent first = one();
        first.failed("not connected");
        Sent second = one();
        second.failed("not connected");
        Sent third = one();
        third.arrived();
        idle();
        assertEquals(first.greeting().once(), third.greeting().once());
        assertEquals(3, sender.all().size());
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersWaiting() {
        begin("in.flight", "1");
        list("alice", "bob", "carol");
        Sent first = one();
        first.failed("denied");
        one().arrived();
        one().arrived();
        assertNotEquals(first.to(), sender.all().get(1));
        assertEquals(3, Set.copyOf(sender.all().subList(0, 3)).size());
        one().arrived();
        assertEquals(first.to(), sender.all().get(3));
    }

    @Test
    void noMoreAreInFlightThanMayBe() {
        begin("in.flight", "3");
        list(IntStream.range(0, 20).mapToObj(i -> "u" + i).toArray(String[]::new));
        for (int greeted = 0; greeted < 18; greeted += 3) {
            await().until(() -> sender.open() == 3);
            idle();
            assertEquals(3, sender.open());
            arrive();
        }
        await().until(() -> sender.open() == 2);
        arrive();
        assertEquals(20, Set.copyOf(sender.all()).size());
    }

    @Test
    void whoSignsInIsGreetedBeforeTheOthers() {
        begin("in.flight", "1");
        list(IntStream.range(0, 1000).mapToObj(i -> "u" + i).toArray(String[]::new));
        run(it -> it.signedIn("frank", USERS));
        one().arrived();
        assertEquals("frank", one().to());
    }

    @Test
    void nobodyIsGreetedTwiceAfterARestartAndNobodyNotAtAll() {
        begin();
        list("alice", "bob", "carol");
        await().until(() -> sender.open() == 3);
        List<Sent> sent = sender.take();
        sent.get(0).arrived();
        // a crash between the message and its receipt
        sent.get(1).taken();
        crash();
        begin();
        list("alice", "bob", "carol");
        Sent again = one();
        idle();
        assertEquals(sent.get(2).to(), again.to());
        assertEquals(1, sender.all().size());
    }

    @Test
    void whoIsInNoFileIsGreetedWhenTheySignInAfterACrash() {
        begin();
        run(it -> it.signedIn("frank", USERS));
        one();
        crash();
        begin();
        idle();
        assertEquals(0, sender.open());
        run(it -> it.signedIn("frank", USERS));
        one().arrived();
        crash();
        begin();
        run(it -> it.signedIn("frank", USERS));
        idle();
        assertEquals(0, sender.open());
    }

    @Test
    void whoSignsOutBeforeTheirTurnIsGreetedAllTheSame() {
        begin("in.flight", "1");
        list("alice");
        Sent alice = one();
        run(it -> it.signedIn("frank", USERS));
        run(it -> it.signedOut("frank"));
        alice.arrived();
        assertEquals("frank", one().to());
    }

    @Test
    void manyWhoWereGreetedAreAskedForAndNotSentToHoweverFewMayBeSent() {
        String[] names = IntStream.range(0, 5000).mapToObj(i -> "u" + i).toArray(String[]::new);
        for (String name : names) {
            records.sent.add("user." + name + " welcome");
        }
        records.sent.remove("user.u7 welcome");
        run(it -> it.change(settings("rate", "1", "in.flight", "1"), sender));
        list(names);
        one().arrived();
        await().until(() -> records.questions >= 5000);
        idle();
        assertEquals(List.of("u7"), sender.all());
    }

    @Test
    void whileTheBrokerIsNotThereNobodyIsSentToAndThenEverybodyIs() {
        records.trouble = "the broker is not running";
        begin();
        list("alice");
        run(it -> it.signedIn("frank", USERS));
        idle();
        assertEquals(0, sender.open());
        records.trouble = "";
        await().until(() -> sender.open() == 2);
    }

    @Test
    void whoCanHaveNoInboxIsNotGreeted() {
        records.prefix = "user.a";
        begin("destination", "queue://user.a{user}", "return.after", "1000");
        run(it -> it.signedIn("x", USERS));
        one().arrived();
        begin("destination", "queue://user.{user}", "return.after", "1000");
        list("bob", "carol");
        run(it -> it.signedIn("bob", USERS));
        idle();
        assertEquals(0, sender.open());
        assertTrue(call(() -> greeter.ask("bob")).isCompletedExceptionally());
    }

    @Test
    void whoWasErasedIsGreetedAnew() {
        begin();
        list("alice");
        one().arrived();
        idle();
        records.sent.clear();
        run(it -> it.signedIn("alice", USERS));
        assertEquals("alice", one().to());
    }

    @Test
    void switchedOffNobodyIsGreetedAndSwitchedOnEverybodyIs() {
        begin("in.flight", "1");
        list("alice", "bob");
        Sent late = one();
        run(it -> it.change(settings("enabled", "false"), null));
        list("alice", "bob", "carol");
        run(it -> it.signedIn("carol", USERS));
        // a receipt counts though the route that it came by is gone, a failure does not matter any more
        late.arrived();
        idle();
        assertEquals(0, sender.open());
        run(it -> it.signedIn("frank", USERS));
        sender = new TestSender(records);
        begin();
        await().until(() -> sender.open() == 3);
        idle();
        assertEquals(3, Set.copyOf(sender.all()).size());
        assertTrue(sender.all().contains("frank"), "who is in no file, and still there");
        assertFalse(sender.all().contains(late.to()));
    }

    @Test
    void changedTextIsThatOfTheNextGreeting() {
        begin();
        list("alice");
        one().arrived();
        begin("text", "Hello");
        list("alice", "bob");
        assertEquals("Hello", one().greeting().text());
    }

    @Test
    void groupThatIsGreetedFromNowOnIsGreeted() {
        begin();
        run(it -> it.listed(Map.of("root", Set.of("admins"))));
        idle();
        assertEquals(0, sender.open());
        begin("group", "admins");
        assertEquals("root", one().to());
    }

    @Test
    void whoWasAwayForLongEnoughIsGreetedAgainOnce() {
        begin("return.after", "1000");
        list("alice");
        one().arrived();
        run(it -> it.signedIn("alice", USERS));
        now = now.plusSeconds(10);
        run(it -> it.signedIn("alice", USERS));
        run(it -> it.signedOut("alice"));
        run(it -> it.signedOut("alice"));
        now = now.plus(Duration.ofMillis(999));
        run(it -> it.signedIn("alice", USERS));
        run(it -> it.signedOut("alice"));
        idle();
        assertEquals(0, sender.open());

        now = now.plusSeconds(1);
        run(it -> it.signedIn("alice", USERS));
        Sent back = one();
        assertEquals("Welcome back, alice!", back.greeting().text());
        run(it -> it.signedOut("alice"));
        crash();
        begin("return.after", "1000");
        list("alice");
        run(it -> it.signedIn("alice", USERS));
        Sent again = one();
        assertEquals(back.greeting().text(), again.greeting().text());
        again.arrived();
        run(it -> it.signedOut("alice"));
        run(it -> it.signedIn("alice", USERS));
        idle();
        assertEquals(0, sender.open());
    }

    @Test
    void whoIsBackBeforeGreetingsCanBeSentIsGreetedAgainOnceTheyCan() {
        begin("return.after", "1000");
        list("alice", "bob");
        await().until(() -> sender.open() == 2);
        arrive();
        for (String user : List.of("alice", "bob")) {
            run(it -> it.signedIn(user, USERS));
            run(it -> it.signedOut(user));
        }
        now = now.plusSeconds(10);
        crash();

        // before anything is configured, and before the broker can be asked
        run(it -> it.signedIn("alice", USERS));
        run(it -> it.change(settings("return.after", "1000"), null));
        list("alice", "bob");
        run(it -> it.signedIn("bob", USERS));
        run(it -> it.signedOut("bob"));
        run(it -> it.signedIn("bob", USERS));
        run(it -> it.signedIn("bob", USERS));
        run(Greeter::notePresence);
        begin("return.after", "1000");

        await().until(() -> sender.open() == 2);
        List<Sent> back = sender.take();
        assertEquals(
                Set.of("Welcome back, alice!", "Welcome back, bob!"),
                back.stream().map(sent -> sent.greeting().text()).collect(Collectors.toSet()));
        back.forEach(Sent::arrived);
        idle();
        now = now.plusSeconds(10);
        list("bob", "alice");
        run(it -> it.signedIn("alice", USERS));
        idle();
        assertEquals(0, sender.open(), "they have been here since");
    }

    @Test
    void operatorsGreetingSaysWhetherItArrived() throws Exception {
        begin();
        CompletableFuture<Void> good = call(() -> greeter.ask("alice"));
        Sent first = one();
        assertFalse(good.isDone());
        first.arrived();
        good.get();
        CompletableFuture<Void> bad = call(() -> greeter.ask("alice"));
        Sent second = one();
        second.failed("denied");
        assertEquals(
                "denied",
                assertThrows(ExecutionException.class, bad::get).getCause().getMessage());
        assertTrue(first.greeting().once().isEmpty() && second.greeting().once().isEmpty());
        list("alice");
        idle();
        assertEquals(0, sender.open(), "whom an operator has greeted is greeted");
        assertTrue(call(() -> greeter.ask("a,b")).isCompletedExceptionally());
        run(it -> it.change(settings("enabled", "false"), null));
        assertTrue(call(() -> greeter.ask("alice")).isCompletedExceptionally());
    }
}
