package gatepost.authentication.realm;

import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.modules.jdbc.JDBCLoginModule;

/**
 * Karaf's login module for databases, except for how it says no. It leans on {@code login} asking {@code checkPassword} about the
 * password of a name that there is, and nobody about one that there is not.
 *
 * <ul>
 * <li>A name that there is not costs a hash, as most of those that there are do: the time of an answer must not tell them apart.
 * <li>A wrong password and a wrong name are what they are. Karaf's says of both that the database has failed, which nobody would
 *     count as a guess.
 * </ul>
 */
public final class DatabaseLogin extends JDBCLoginModule {

    /** The option that holds the {@link UsualCost} of the passwords in this database. */
    static final String USUAL_COST = "gatepost.usual.cost";

    private static final String NO = "login failed";

    private UsualCost usual;
    private String password = "";
    private boolean looked;
    private int spent;

    @Override
    public void initialize(Subject whose, CallbackHandler answers, Map<String, ?> sharedState, Map<String, ?> all) {
        usual = (UsualCost) all.get(USUAL_COST);
        super.initialize(whose, new Overheard(answers, text -> password = text), sharedState, all);
        // what it says of a wrong name is then known to the letter
        detailedLoginExcepion = false;
    }

    @Override
    public boolean login() throws LoginException {
        // before this one's own stored password has its say
        int due = usual.rounds();
        try {
            return super.login();
        } catch (LoginException e) {
            if (!looked && !String.valueOf(e.getMessage()).endsWith(':' + NO)) {
                throw e; // nobody was asked
            }
            if (spent == 0 && due > 0) {
                super.checkPassword(password, PasswordHash.ofNobody(due));
            }
            throw new FailedLoginException(looked ? "the password is wrong" : "the database does not know the user");
        }
    }

    @Override
    public boolean checkPassword(String plain, String stored) {
        spent = PasswordHash.cost(stored);
        usual.saw(spent);
        boolean right = super.checkPassword(plain, stored);
        looked = !right; // what fails after the right one is the database
        return right;
    }
}
