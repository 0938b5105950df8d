package gatepost.transport.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The versions of STOMP that are spoken, oldest first. */
public enum StompVersion {
    V1_0("1.0"),
    V1_1("1.1"),
    V1_2("1.2");

    /** As the {@code version} header of an ERROR frame lists them (STOMP 1.2, "Protocol Negotiation"). */
    public static final String SUPPORTED = "1.0,1.1,1.2";

    private final String number;

    StompVersion(String number) {
        this.number = number;
    }

    /** @return the number as it stands in headers */
    public String number() {
        return number;
    }

    /** Whether header values are escaped: not before STOMP 1.1. */
    public boolean escapes() {
        return this != V1_0;
    }

    /**
     * @param acceptVersion the {@code accept-version} header of CONNECT, or {@code null}: a client of STOMP 1.0
     * @return the newest version that both speak, empty when there is none
     */
    public static Optional<StompVersion> negotiate(String acceptVersion) {
        if (acceptVersion == null) {
            return Optional.of(V1_0);
        }
        List<String> accepted =
                Arrays.stream(acceptVersion.split(",")).map(String::trim).toList();
        return Arrays.stream(values())
                .filter(version -> accepted.contains(version.number))
                .reduce((older, newer) -> newer);
    }
}
