package gatepost.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line: {@code --name=value}, each at most once. What is not named has its default. */
final class Arguments {

    private final Map<String, String> given = new HashMap<>();

    Arguments(String... arguments) {
        for (String argument : arguments) {
            if (!argument.matches("(?s)--[a-z-]+=.*")) {
                throw new IllegalArgumentException("expected --name=value, got " + argument);
            }
            int split = argument.indexOf('=');
            if (given.put(argument.substring(2, split), argument.substring(split + 1)) != null) {
                throw new IllegalArgumentException("given twice: " + argument);
            }
        }
    }

    String text(String name, String absent) {
        String value = given.remove(name);
        return value == null ? absent : value;
    }

    int number(String name, int absent) {
        String value = given.remove(name);
        if (value == null) {
            return absent;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("--" + name + "=" + value + ": expected a whole number");
        }
        return Integer.parseInt(value);
    }

    /** @return what stands between commas; nothing when it is absent */
    List<String> list(String name) {
        String value = text(name, "");
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    /** To be called when all that may be given has been taken. */
    void finish() {
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
    }
}
