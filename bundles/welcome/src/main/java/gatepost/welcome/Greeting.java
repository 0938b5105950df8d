package gatepost.welcome;

import java.util.Map;

/**
 * A greeting as it is sent.
 *
 * @param headers more headers of the message
 */
record Greeting(String destination, String contentType, String text, Map<String, String> headers, String messageId) {}
