package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.connected;
import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static gatepost.itests.protocol.Version.V1_0;
import static gatepost.itests.protocol.Version.V1_1;
import static gatepost.itests.protocol.Version.V1_2;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in, and which version is spoken then. */
@ExtendWith(Suite.class)
class ConnectIT {

    private static final String ACCOUNT = "login:system\npasscode:manager\n";

    @TestFactory
    Stream<DynamicTest> theVersion() {
        return Row.table(
                Row.stranger("no accept-version is STOMP 1.0")
                        .in(V1_2)
                        .step("CONNECT\n" + ACCOUNT + "\n^@", connected("version:1.0")),
                Row.stranger("the one version that is accepted")
                        .step("CONNECT\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@", connected("version:{v}")),
                Row.stranger("the newest of several versions")
                        .in(V1_2)
                        .step("CONNECT\naccept-version:1.1,1.0\nhost:h\n" + ACCOUNT + "\n^@", connected("version:1.1")),
                Row.stranger("the order of versions does not matter")
                        .in(V1_2)
                        .step(
                                "CONNECT\naccept-version:1.0,1.2,1.1\nhost:h\n" + ACCOUNT + "\n^@",
                                connected("version:1.2")),
                Row.stranger("white space between versions")
                        .in(V1_2)
                        .step(
                                "CONNECT\naccept-version:1.0, 1.2\nhost:h\n" + ACCOUNT + "\n^@",
                                connected("version:1.2")),
                Row.stranger("a version besides unknown ones")
                        .in(V1_2)
                        .step(
                                "CONNECT\naccept-version:2.0,1.1,x\nhost:h\n" + ACCOUNT + "\n^@",
                                connected("version:1.1")),
                Row.stranger("no version that is spoken here")
                        .in(V1_2)
                        .step(
                                "CONNECT\naccept-version:1.3,2.0\nhost:h\n" + ACCOUNT + "\n^@",
                                error("accept-version", "version:1.0,1.1,1.2")),
                Row.stranger("an empty accept-version")
                        .in(V1_2)
                        .step(
                                "CONNECT\naccept-version:\nhost:h\n" + ACCOUNT + "\n^@",
                                error("accept-version", "version:1.0,1.1,1.2")),
                Row.stranger("STOMP in place of CONNECT")
                        .in(V1_1, V1_2)
                        .step("STOMP\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@", connected("version:{v}")),
                Row.stranger("CONNECTED names session, server and heart-beats")
                        .in(V1_1, V1_2)
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@",
                                connected("heart-beat:5000,10000", "server:gatepost/0.1.0")
                                        .without("message", "receipt-id")),
                Row.stranger("a receipt for CONNECT is not given")
                        .step("CONNECT\naccept-version:{v}\nhost:h\nreceipt:c\n" + ACCOUNT + "\n^@", connected()),
                Row.stranger("white space around values belongs to them, but in 1.0")
                        .in(V1_0)
                        .step("CONNECT\nlogin: system\npasscode: manager\n\n^@", connected("version:1.0")),
                Row.stranger("white space around values belongs to them")
                        .in(V1_1, V1_2)
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\nlogin: system\npasscode: manager\n\n^@",
                                error(Answer.POLICY, "sign-in refused")));
    }

    @TestFactory
    Stream<DynamicTest> theOrder() {
        return Row.table(
                Row.stranger("SEND before CONNECT")
                        .step("SEND\ndestination:/queue/{q}\nreceipt:1\n\nhi^@", error("CONNECT", "receipt-id:1")),
                Row.stranger("SUBSCRIBE before CONNECT")
                        .step("SUBSCRIBE\nid:1\ndestination:/queue/{q}\n\n^@", error("CONNECT")),
                Row.stranger("DISCONNECT before CONNECT").step("DISCONNECT\nreceipt:1\n\n^@", error("CONNECT")),
                Row.stranger("an unknown command before CONNECT").step("HELLO\n\n^@", error("CONNECT")),
                Row.stranger("line ends before CONNECT are heart-beats")
                        .step("\n\r\n\n" + "CONNECT\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@", connected()),
                Row.client("CONNECT twice")
                        .step("CONNECT\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@", error("connected already")),
                Row.client("STOMP after CONNECT")
                        .step("STOMP\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@", error("connected already")),
                Row.stranger("a frame right behind CONNECT is in its version: escapes mean nothing")
                        .in(V1_0)
                        .step(
                                "CONNECT\n" + ACCOUNT + "\n^@SUBSCRIBE\nid:s\ndestination:/queue/{q}\n\n^@"
                                        + "SEND\ndestination:/queue/{q}\na:b\\x\n\nhi^@",
                                connected(),
                                message("hi", "a:b\\x")),
                Row.stranger("a frame right behind CONNECT is in its version: an unknown escape")
                        .in(V1_1, V1_2)
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\n" + ACCOUNT + "\n^@"
                                        + "SEND\ndestination:/queue/{q}\na:b\\x\n\nhi^@",
                                connected(),
                                error("escape")));
    }

    @TestFactory
    Stream<DynamicTest> theAccount() {
        return Row.table(
                Row.stranger("a wrong password")
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\nlogin:system\npasscode:no\n\n^@",
                                error(Answer.POLICY, "sign-in refused")),
                Row.stranger("an unknown user")
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\nlogin:eve\npasscode:eve\n\n^@",
                                error(Answer.POLICY, "sign-in refused")),
                Row.stranger("no login")
                        .step("CONNECT\naccept-version:{v}\nhost:h\n\n^@", error(Answer.POLICY, "sign-in refused")),
                Row.stranger("a receipt for a CONNECT that is refused")
                        .step(
                                "CONNECT\nlogin:a\npasscode:b\nreceipt:c\n\n^@",
                                error(Answer.POLICY, "sign-in refused", "receipt-id:c")),
                Row.stranger("frames behind a CONNECT that is refused are not served")
                        .step(
                                "CONNECT\nlogin:a\npasscode:b\n\n^@SEND\ndestination:/queue/{q}\nreceipt:1\n\nhi^@",
                                error(Answer.POLICY, "sign-in refused")),
                Row.stranger("escapes in CONNECT mean nothing")
                        .in(V1_1, V1_2)
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\nlogin:sys\\tem\npasscode:manager\n\n^@",
                                error(Answer.POLICY, "sign-in refused")),
                Row.stranger("activemq headers of CONNECT")
                        .step(
                                "CONNECT\naccept-version:{v}\nhost:h\nactivemq.x:y\n" + ACCOUNT + "\n^@",
                                error(Answer.POLICY, "activemq.x")),
                Row.stranger("client-id, twice the same one after the other")
                        .step("CONNECT\naccept-version:{v}\nhost:h\nclient-id:{q}\n" + ACCOUNT + "\n^@", connected())
                        .step("DISCONNECT\nreceipt:d\n\n^@", receipt("d"), Answer.end(Answer.NORMAL)));
    }
}
