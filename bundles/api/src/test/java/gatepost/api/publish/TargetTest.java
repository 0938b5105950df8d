package gatepost.api.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.api.NamedInboxes;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    private final Inboxes one = new Inboxes(new NamedInboxes("user"));
    private final Inboxes two = new Inboxes(new NamedInboxes("user", "alerts"));

    @Test
    void eachUserIsATargetOnce() throws CallRefused {
        List<Target> targets = targets("{'to':{'users':['b','a','b','a.b']}}", one);
        assertEquals(
                List.of("b", "a", "a.b"),
                targets.stream().map(each -> each.user().orElseThrow()).toList());
        assertEquals(
                List.of("user.b", "user.a", "user.a.b"),
                targets.stream().map(each -> each.queue().getPhysicalName()).toList());
    }

    @Test
    void manyAreOneTargetOfNobody() throws CallRefused {
        assertEquals("audience.p-7", only("{'to':{'audience':'p-7'}}"));
        assertEquals("everyone", only("{'to':{'everyone':true,'online':false}}"));
    }

    @Test
    void whereUsersHaveSeveralInboxesOneIsNamed() throws CallRefused {
        assertEquals(
                "alerts.a",
                targets("{'to':{'users':['a'],'inbox':'alerts'}}", two)
                        .get(0)
                        .queue()
                        .getPhysicalName());
        CallRefused missing = assertThrows(CallRefused.class, () -> targets("{'to':{'users':['a']}}", two));
        assertEquals(Optional.of("inbox"), missing.field());
        assertThrows(CallRefused.class, () -> targets("{'to':{'users':['a'],'inbox':'other'}}", two));
    }

    @Test
    void withoutInboxesThereIsNobody() {
        Inboxes none = new Inboxes(new NamedInboxes());
        assertEquals(
                Reason.NOT_FOUND,
                assertThrows(CallRefused.class, () -> targets("{'to':{'users':['a']}}", none))
                        .reason());
        assertEquals(
                Reason.NOT_FOUND,
                assertThrows(CallRefused.class, () -> targets("{'to':{'online':true}}", none))
                        .reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | to",
                "{'to':null} | to",
                "{'to':['a']} | to",
                "{'to':{}} | to",
                "{'to':{'everyone':false}} | to",
                "{'to':{'users':['a'],'everyone':true}} | to",
                "{'to':{'audience':'a','online':true}} | to",
                "{'to':{'user':'a'}} | to.user",
                "{'to':{'users':'a'}} | to.users",
                "{'to':{'users':[]}} | to.users",
                "{'to':{'users':['a',7]}} | to.users[1]",
                "{'to':{'users':['a','a',7]}} | to.users[2]",
                "{'to':{'users':[null]}} | to.users[0]",
                "{'to':{'users':['']}} | to.users",
                "{'to':{'users':['a,b']}} | to.users",
                "{'to':{'users':['a b']}} | to.users",
                "{'to':{'users':['a\\nb']}} | to.users",
                "{'to':{'users':['a\\u0000b']}} | to.users",
                "{'to':{'users':['a\\u2003b']}} | to.users",
                "{'to':{'audience':''}} | to.audience",
                "{'to':{'audience':'a,b'}} | to.audience",
                "{'to':{'audience':'a\\tb'}} | to.audience",
                "{'to':{'audience':7}} | to.audience",
                "{'to':{'audience':'a b'}} | to.audience",
                "{'to':{'everyone':'yes'}} | to.everyone",
                "{'to':{'audience':'a','inbox':'user'}} | to.inbox"
            })
    void whatCannotBeUsedIsNamed(String json, String field) {
        CallRefused refused = assertThrows(CallRefused.class, () -> targets(json, one));
        assertEquals(Reason.UNUSABLE, refused.reason(), refused.getMessage());
        assertEquals(Optional.of(field), refused.field(), refused.getMessage());
    }

    private String only(String json) throws CallRefused {
        List<Target> targets = targets(json, one);
        assertEquals(1, targets.size());
        assertEquals(Optional.empty(), targets.get(0).user());
        return targets.get(0).queue().getPhysicalName();
    }

    private static List<Target> targets(String json, Inboxes inboxes) throws CallRefused {
        byte[] text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Target.of(Fields.of(Json.read(text), ""), inboxes);
    }
}
