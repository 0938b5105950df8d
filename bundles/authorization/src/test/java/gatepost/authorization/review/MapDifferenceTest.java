package gatepost.authorization.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.authorization.AuthorizationSettings;
import gatepost.authorization.engine.EntryMap;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MapDifferenceTest {

    @Test
    void namesWhatIsAddedRemovedAndChanged() throws Exception {
        EntryMap before = map(Map.of(
                "entry.a",
                "queue://a read=x",
                "entry.b",
                "queue://b read=x,y",
                "entry.c",
                "queue://c",
                "temporary",
                "read=x"));
        EntryMap after = map(Map.of(
                "entry.b",
                "queue://b  read=y,x",
                "entry.c",
                "queue://c read=x",
                "entry.d",
                "topic://d",
                "temporary",
                "read=y"));
        assertEquals(
                List.of(
                        "removed a [queue://a read=x] []",
                        "changed c [queue://c] [queue://c read=x]",
                        "added d [] [topic://d]",
                        "changed temporary [read=x] [read=y]"),
                MapDifference.between(before, after).stream()
                        .map(change -> change.kind() + " " + change.entry() + " [" + change.before() + "] ["
                                + change.after() + "]")
                        .toList());
    }

    private static EntryMap map(Map<String, String> values) throws ConfigurationProblems {
        return AuthorizationSettings.of(values, Set.of()).map();
    }
}
