package gatepost.authentication.realm;

import java.io.IOException;
import java.util.function.Consumer;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;

/** Answers as another does, and tells the password on the way: a login module keeps it to itself. */
record Overheard(CallbackHandler answers, Consumer<String> listener) implements CallbackHandler {

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        answers.handle(callbacks);
        for (Callback callback : callbacks) {
            if (callback instanceof PasswordCallback secret) {
                listener.accept(new String(secret.getPassword()));
            }
        }
    }
}
