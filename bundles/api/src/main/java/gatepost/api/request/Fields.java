package gatepost.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An object of JSON that a client sent, read member by member; each fault names the member, its value and what was expected. */
public final class Fields {

    /** Of a value, in an error. */
    private static final int LONGEST = 100;

    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * @param path of the object in the body; empty for the body itself
     * @throws CallRefused when it is no object
     */
    public static Fields of(JsonNode node, String path) throws CallRefused {
        if (!node.isObject()) {
            throw bad(path.isEmpty() ? "the body" : path, node, "an object");
        }
        return new Fields(node, path);
    }

    /** @throws CallRefused for a member of another name: it must not seem to mean something */
    public Fields requireKnown(Set<String> known) throws CallRefused {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new CallRefused(
                        Reason.UNUSABLE,
                        at(name) + " is unknown: expected one of "
                                + String.join(", ", known.stream().sorted().toList()),
                        at(name));
            }
        }
        return this;
    }

    /** @return where that member is, for an error */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** @return the member; nothing when it is absent or null */
    public Optional<JsonNode> node(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    public Optional<String> text(String name) throws CallRefused {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isTextual()) {
            throw bad(at(name), node.get(), "a string");
        }
        return node.map(JsonNode::textValue);
    }

    public String requiredText(String name, String expected) throws CallRefused {
        return text(name)
                .orElseThrow(() ->
                        new CallRefused(Reason.UNUSABLE, at(name) + " is missing: expected " + expected, at(name)));
    }

    public Optional<Boolean> flag(String name) throws CallRefused {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw bad(at(name), node.get(), "true or false");
        }
        return node.map(JsonNode::booleanValue);
    }

    public OptionalLong number(String name, long min, long max) throws CallRefused {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!node.get().isIntegralNumber()
                || !node.get().canConvertToLong()
                || node.get().longValue() < min
                || node.get().longValue() > max) {
            throw bad(at(name), node.get(), "a whole number from " + min + " to " + max);
        }
        return OptionalLong.of(node.get().longValue());
    }

    /**
     * @param most names that there may be
     * @param expected says so, for an error
     * @return names of users, each once, in their order; the member is there
     */
    public Set<String> names(String name, int most, String expected) throws CallRefused {
        JsonNode array = node(name).orElseThrow();
        if (!array.isArray() || array.isEmpty() || array.size() > most) {
            throw bad(at(name), array, expected);
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isTextual()) {
                throw bad(at(name) + "[" + i + "]", array.get(i), "a string: the name of a user");
            }
            names.add(array.get(i).textValue());
        }
        return names;
    }

    /** @return whole numbers from 0 on; empty when it is absent */
    public List<Long> numbers(String name, int most) throws CallRefused {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        String expected = "an array of 1 to " + most + " whole numbers from 0 on";
        if (!node.get().isArray() || node.get().isEmpty() || node.get().size() > most) {
            throw bad(at(name), node.get(), expected);
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : node.get()) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw bad(at(name) + "[" + numbers.size() + "]", number, "a whole number from 0 on");
            }
            numbers.add(number.longValue());
        }
        return numbers;
    }

    /** @return the members of an object in it; nothing when it is absent */
    public Optional<Iterable<Map.Entry<String, JsonNode>>> members(String name) throws CallRefused {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isObject()) {
            throw bad(at(name), node.get(), "an object");
        }
        return node.map(JsonNode::properties);
    }

    public static CallRefused bad(String field, JsonNode value, String expected) {
        String text = value.toString();
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return new CallRefused(Reason.UNUSABLE, field + " is " + shown + ": expected " + expected, field);
    }
}
