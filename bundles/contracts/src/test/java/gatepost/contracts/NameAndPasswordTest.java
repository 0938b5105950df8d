package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.TextInputCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.junit.jupiter.api.Test;

class NameAndPasswordTest {

    private final NameAndPassword answers = new NameAndPassword("alice", "open sesame");

    @Test
    void modulesAreToldBothInAnyOrder() throws Exception {
        NameCallback name = new NameCallback("name?");
        PasswordCallback password = new PasswordCallback("password?", false);
        answers.handle(new Callback[] {password, name});
        assertEquals("alice", name.getName());
        assertArrayEquals("open sesame".toCharArray(), password.getPassword());
    }

    @Test
    void whatElseIsAskedForIsNotMadeUp() {
        assertThrows(
                UnsupportedCallbackException.class,
                () -> answers.handle(new Callback[] {new TextInputCallback("favourite colour?")}));
    }

    @Test
    void noLogHoldsThePassword() {
        assertFalse(answers.toString().contains("sesame"));
    }
}
