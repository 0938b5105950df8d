package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The map is edited again and again while 500 users read and messages flow. Users are in twenty teams, each of which has an entry
 * of its own: half of the edits take a team's away, the others change something that concerns nobody who is there.
 */
class HotReloadIT {

    private static final int USERS = 500;
    private static final int TEAMS = 20;
    private static final int EDITS = 20;
    private static final int PUBLISHERS = 4;
    /** Promised is one second; a busy machine gets ten times that. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Keys keys = new Keys();
    private final Map<String, String> entries = new TreeMap<>();
    private final Map<String, LiveUser> users = new TreeMap<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private Gatepost gatepost;

    @BeforeEach
    void start() {
        entries.put("entry.admins", "queue://> read=admins write=admins admin=admins");
        for (int team = 0; team < TEAMS; team++) {
            entries.put(entry(team), "queue://user.{user} read=team" + team + " admin=team" + team);
        }
        gatepost = Gatepost.unpack();
        keys.install(gatepost);
        gatepost.configure(
                "gatepost.authentication.cfg",
                Map.of(
                        "token.groups",
                        IntStream.range(0, TEAMS)
                                .mapToObj(team -> "team" + team)
                                .collect(Collectors.joining(","))));
        gatepost.write(Suite.MAP, text());
        gatepost.start();
    }

    @AfterEach
    void stop() {
        publishers.forEach(Publisher::close);
        users.values().forEach(LiveUser::close);
        gatepost.close();
    }

    @Test
    void whomTheMapAllowsLosesNothingAndEverybodyElseIsOut() throws InterruptedException {
        IntStream.range(0, USERS).mapToObj(HotReloadIT::name).forEach(name -> users.put(name, come(name)));
        for (int p = 0; p < PUBLISHERS; p++) {
            int mine = p;
            publishers.add(new Publisher(
                    IntStream.range(0, USERS)
                            .filter(user -> user % PUBLISHERS == mine)
                            .mapToObj(HotReloadIT::name)
                            .toList(),
                    transport(p * TEAMS),
                    transport(p * TEAMS).port(gatepost)));
        }
        Set<Integer> out = new TreeSet<>();
        for (int edit = 0; edit < EDITS; edit++) {
            if (edit % 2 == 0) {
                out.add(edit / 2);
                revoke(edit / 2);
            } else {
                changeWhatConcernsNobody(edit);
            }
            if (edit % 5 == 4) {
                breakTheMap(edit);
            }
            assertLive(out);
        }

        Map<String, List<String>> sent = new TreeMap<>();
        for (Publisher publisher : publishers) {
            sent.putAll(publisher.stop());
        }
        for (int user = 0; user < USERS; user++) {
            if (!out.contains(user % TEAMS)) {
                LiveUser live = users.get(name(user));
                live.join();
                assertEquals(null, live.error(), live.name());
                assertFalse(live.bodies().isEmpty(), "messages flow");
                assertEquals(sent.get(live.name()), live.bodies(), live.name());
            }
        }
        whoMayComeBackFindsTheRest(out, sent);
    }

    /** Everybody in the team is out soon after the new map is in force, and was told which queue it was. */
    private void revoke(int team) {
        entries.remove(entry(team));
        Instant inForce = applied();
        List<LiveUser> revoked = members(team);
        Awaitility.await("team " + team + " is out")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> revoked.stream().noneMatch(LiveUser::isLive));
        for (LiveUser user : revoked) {
            user.join();
            assertEquals("Denied: read queue://user." + user.name(), user.error());
            Duration after = Duration.between(inForce, user.cut());
            assertTrue(after.compareTo(SOON) < 0, () -> user.name() + " was cut after " + after);
        }
    }

    private void changeWhatConcernsNobody(int edit) {
        int team = TEAMS - 1;
        switch (edit % 3) {
            case 0 -> entries.put("entry.other" + edit, "topic://other" + edit + ".> read=admins write=admins");
            // the same for those who are there, by an entry of another name
            case 1 ->
                entries.put(
                        entry(team) + "-" + edit,
                        entries.remove(entries.keySet().stream()
                                .filter(name -> name.startsWith(entry(team)))
                                .findFirst()
                                .orElseThrow()));
            default -> entries.put("temporary", "read=admins write=admins admin=admins,others" + edit);
        }
        applied();
    }

    /** Nothing of it counts, not even the good line in it that would cut everybody; the status says what was wrong. */
    private void breakTheMap(int edit) {
        Map<String, String> wrong = new TreeMap<>(entries);
        wrong.keySet().removeIf(key -> key.startsWith("entry.team"));
        String value = "queue://user.{user}.> read=users";
        wrong.put("entry.broken" + edit, value);
        String line =
                gatepost.awaitLog("refused, .*entry\\.broken" + edit, () -> gatepost.write(Suite.MAP, text(wrong)));
        String status = gatepost.shell("gatepost:status --no-format");
        for (String said : List.of(line, status)) {
            assertTrue(said.contains(Suite.MAP), said);
            assertTrue(said.contains("entry.broken" + edit), said);
            assertTrue(said.contains(value), said);
        }
        assertTrue(
                status.lines().anyMatch(row -> row.startsWith("gatepost.authorization ") && row.contains("refused: ")),
                status);
    }

    /** Those who are allowed are connected, and only those. */
    private void assertLive(Set<Integer> out) {
        for (int team = 0; team < TEAMS; team++) {
            boolean live = !out.contains(team);
            members(team).forEach(user -> assertEquals(live, user.isLive(), user::name));
        }
    }

    private void whoMayComeBackFindsTheRest(Set<Integer> out, Map<String, List<String>> sent) {
        out.forEach(team -> entries.put(entry(team), "queue://user.{user} read=team" + team + " admin=team" + team));
        applied();
        for (int team : out) {
            for (LiveUser before : members(team)) {
                before.close();
                LiveUser again = come(before.name());
                users.put(before.name(), again);
                again.join();
                List<String> all = sent.get(before.name());
                assertEquals(all.subList(0, before.bodies().size()), before.bodies(), before.name());
                TreeSet<String> both = new TreeSet<>(before.bodies());
                both.addAll(again.bodies());
                assertEquals(new TreeSet<>(all), both, before.name());
            }
        }
    }

    /** Writes the map and returns when it was in force, as the log says. */
    private Instant applied() {
        String line = gatepost.awaitLog(
                "(etc/" + Suite.MAP + " is in force|refused, .*" + Suite.MAP + ")",
                () -> gatepost.write(Suite.MAP, text()));
        assertTrue(line.contains("is in force"), line);
        return OffsetDateTime.parse(line.substring(0, line.indexOf(' '))).toInstant();
    }

    private String text() {
        return text(entries);
    }

    private static String text(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private LiveUser come(String name) {
        int number = Integer.parseInt(name.substring(1));
        String token = Token.of(name, "team" + number % TEAMS).signed(keys, Keys.Algorithm.HS256);
        return LiveUser.come(name, transport(number), transport(number).port(gatepost), token);
    }

    private List<LiveUser> members(int team) {
        return IntStream.range(0, USERS)
                .filter(user -> user % TEAMS == team)
                .mapToObj(user -> users.get(name(user)))
                .toList();
    }

    private static Transport transport(int number) {
        // a team has members on both: its number is the user's modulo an even one
        return number / TEAMS % 2 == 0 ? Transport.TCP : Transport.WEB_SOCKET;
    }

    private static String name(int user) {
        return "u" + user;
    }

    private static String entry(int team) {
        return "entry.team" + team;
    }
}
