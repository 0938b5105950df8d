package gatepost.authentication.realm;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The realm as Karaf would put it together, with the one service that its login modules look for. */
public final class TestRealm extends Configuration {

    /** One for all, as in Karaf: the LDAP login module keeps a connection for each set of options. */
    private static final BundleContext SERVICES = bundleContext();

    private final Supplier<JaasRealm> realm;

    public TestRealm(LoginModuleChoice... modules) {
        this(() -> new GatepostRealm(List.of(modules)));
    }

    /** @param realm the one that is registered now */
    public TestRealm(Supplier<JaasRealm> realm) {
        this.realm = realm;
    }

    public RealmLogin login(UsersFile usersFile) {
        return new RealmLogin(() -> this, usersFile);
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return name.equals(realm.get().getName())
                ? Arrays.stream(realm.get().getEntries()).map(TestRealm::withServices).toArray(AppConfigurationEntry[]::new)
                : null;
    }

    private static AppConfigurationEntry withServices(AppConfigurationEntry entry) {
        Map<String, Object> options = new HashMap<>(entry.getOptions());
        options.put(BundleContext.class.getName(), SERVICES);
        return new AppConfigurationEntry(entry.getLoginModuleName(), entry.getControlFlag(), options);
    }

    private static BundleContext bundleContext() {
        ClassLoader loader = TestRealm.class.getClassLoader();
        Object reference = Proxy.newProxyInstance(loader, new Class<?>[] {ServiceReference.class}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    case "compareTo" -> 0;
                    default -> null;
                });
        EncryptionService passwords = new HashedPasswords();
        return (BundleContext) Proxy.newProxyInstance(loader, new Class<?>[] {BundleContext.class}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "getServiceReferences" -> new ServiceReference<?>[] {(ServiceReference<?>) reference};
                    case "getService" -> passwords;
                    case "ungetService" -> true;
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
    }
}
