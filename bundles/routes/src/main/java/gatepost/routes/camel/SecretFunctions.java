package gatepost.routes.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/**
 * The placeholders <code>{{file:PATH}}</code> and <code>{{env:NAME}}</code>: the content of a file, without the line end at its
 * end, and a variable of the environment. What they have given out is not to be seen in any message.
 */
final class SecretFunctions {

    private static final int LEAST_HIDDEN = 4;

    private final Path home;
    private final Set<String> values = ConcurrentHashMap.newKeySet();

    /** @param home where a relative path starts */
    SecretFunctions(Path home) {
        this.home = home;
    }

    void addTo(PropertiesComponent properties) {
        properties.addPropertiesFunction(function("file", this::file));
        properties.addPropertiesFunction(function("env", this::variable));
    }

    /** @return the text with every value that was given out replaced; very short ones stand for nothing secret */
    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, "(hidden)");
        }
        return hidden;
    }

    private String file(String path) {
        try {
            return kept(Files.readString(home.resolve(path)).stripTrailing());
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("{{file:" + path + "}}: the file cannot be read");
        }
    }

    private String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalArgumentException("{{env:" + name + "}}: the environment has no such variable");
        }
        return kept(value);
    }

    private String kept(String value) {
        if (value.length() >= LEAST_HIDDEN) {
            values.add(value);
        }
        return value;
    }

    private interface Lookup {
        String value(String name);
    }

    private static PropertiesFunction function(String name, Lookup lookup) {
        return new PropertiesFunction() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public String apply(String remainder) {
                return lookup.value(remainder);
            }
        };
    }
}
