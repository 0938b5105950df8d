package gatepost.itests.gate;

/** How somebody signs in: with a name and a password, or with a name, possibly empty, and a token. */
record Account(String login, String passcode) {

    /** The password of everybody in the tests' users file who does not ship with Gatepost. */
    static final String PASSWORD = "it-password";

    /** May do everything, under the shipped map and the talk's alike; what other users' messages are checked with. */
    static final Account KEEPER = new Account("keeper", PASSWORD);
}
