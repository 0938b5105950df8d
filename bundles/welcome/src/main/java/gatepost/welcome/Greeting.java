package gatepost.welcome;

import java.util.Map;
import java.util.Optional;

/**
 * A greeting as it is sent.
 *
 * @param headers more headers of the message
 * @param once the name under which an inbox gets it one time and never again
 */
record Greeting(
        String destination, String contentType, String text, Map<String, String> headers, Optional<String> once) {}
