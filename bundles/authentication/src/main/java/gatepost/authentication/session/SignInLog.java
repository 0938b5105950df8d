package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.login.SignInRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit of sign-ins: one line each, {@code key="value"}; what is refused at INFO, what is accepted at DEBUG. */
final class SignInLog {

    private static final Logger AUDIT = LoggerFactory.getLogger("gatepost.audit");
    private static final int MAX_VALUE_LENGTH = 300;

    void accepted(Identity identity, String address) {
        if (AUDIT.isDebugEnabled()) {
            AUDIT.debug("event=\"sign-in\" outcome=\"accepted\" user={} address={} source=\"{}\" groups={}",
                    quoted(identity.user()), quoted(address), identity.source(), quoted(identity.groups().toString()));
        }
    }

    void refused(String login, String address, SignInRefused refusal) {
        AUDIT.info("event=\"sign-in\" outcome=\"refused\" user={} address={} reason={}",
                quoted(login), quoted(address), quoted(refusal.reason()));
    }

    /** Nothing that a client sends may end a line of the log or a value in it. */
    static String quoted(String value) {
        StringBuilder line = new StringBuilder("\"");
        String text = value == null ? "" : value;
        text.codePoints().limit(MAX_VALUE_LENGTH).forEach(c -> {
            if (c == '"' || c == '\\') {
                line.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.append('"').toString();
    }
}
