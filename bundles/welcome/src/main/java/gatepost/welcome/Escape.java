package gatepost.welcome;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** What keeps a user's name from being more than text in a page or a JSON document: users choose their names themselves. */
enum Escape implements UnaryOperator<String> {
    NONE {
        @Override
        String character(char c) {
            return String.valueOf(c);
        }
    },
    MARKUP {
        @Override
        String character(char c) {
            return "<>&\"'".indexOf(c) < 0 ? String.valueOf(c) : "&#" + (int) c + ";";
        }
    },
    JSON {
        @Override
        String character(char c) {
            return c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        }
    };

    abstract String character(char c);

    @Override
    public String apply(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            escaped.append(character(text.charAt(i)));
        }
        return escaped.toString();
    }

    /** @param contentType of the greeting, parameters and all */
    static Escape in(String contentType) {
        String type = contentType.split(";")[0].trim().toLowerCase(Locale.ROOT);
        if (type.equals("text/html") || type.endsWith("xml")) {
            return MARKUP;
        }
        return type.endsWith("json") ? JSON : NONE;
    }
}
