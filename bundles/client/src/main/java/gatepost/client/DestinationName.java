package gatepost.client;

/** Destinations as people write them. */
public final class DestinationName {

    private DestinationName() {}

    /**
     * @param name {@code user.alice}, {@code queue://user.alice}, {@code topic://news}, {@code /queue/user.alice} or
     *        {@code /topic/news}
     * @return as it stands in a STOMP header: {@code /queue/user.alice}, {@code /topic/news}
     * @throws IllegalArgumentException when it is none of these, or holds white space or a control character
     */
    public static String stomp(String name) {
        if (name.isBlank() || name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw unusable(name);
        }
        for (String kind : new String[] {"queue", "topic"}) {
            for (String prefix : new String[] {kind + "://", "/" + kind + "/", kind + "/"}) {
                if (name.startsWith(prefix) && name.length() > prefix.length()) {
                    return "/" + kind + "/" + name.substring(prefix.length());
                }
            }
        }
        if (name.contains("/")) {
            throw unusable(name);
        }
        return "/queue/" + name;
    }

    private static IllegalArgumentException unusable(String name) {
        return new IllegalArgumentException("the destination '" + name
                + "' cannot be used: expected user.alice, queue://user.alice or topic://news");
    }
}
