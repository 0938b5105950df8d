package gatepost.authentication.realm;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The realm as Karaf would put it together, with the services that its login modules look for. */
public final class TestRealm extends Configuration {

    /** One for all, as in Karaf: the LDAP login module keeps a connection for each set of options. */
    private static final BundleContext SERVICES = bundleContext();

    private static final Map<String, Object> OFFERED =
            new ConcurrentHashMap<>(Map.of(EncryptionService.class.getName(), new HashedPasswords()));

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
                ? Arrays.stream(realm.get().getEntries())
                        .map(TestRealm::withServices)
                        .toArray(AppConfigurationEntry[]::new)
                : null;
    }

    private static AppConfigurationEntry withServices(AppConfigurationEntry entry) {
        Map<String, Object> options = new HashMap<>(entry.getOptions());
        options.put(BundleContext.class.getName(), SERVICES);
        return new AppConfigurationEntry(entry.getLoginModuleName(), entry.getControlFlag(), options);
    }

    /** Puts a service in the place of the last one of its type. */
    static <T> void offer(Class<T> type, T service) {
        OFFERED.put(type.getName(), service);
    }

    private static BundleContext bundleContext() {
        return answering(BundleContext.class, "bundle", (method, arguments) -> switch (method) {
            case "getServiceReferences" -> new ServiceReference<?>[] {reference(Arrays.toString(arguments))};
            // by type or by a filter that names it
            case "getService" ->
                OFFERED.entrySet().stream()
                        .filter(offered -> arguments[0].toString().contains(offered.getKey()))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
            case "ungetService" -> true;
            default -> null;
        });
    }

    private static ServiceReference<?> reference(String wanted) {
        return answering(ServiceReference.class, wanted, (method, arguments) -> method.equals("compareTo") ? 0 : null);
    }

    /** @return an object that is equal to itself alone and has a name */
    private static <T> T answering(Class<T> type, String name, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                TestRealm.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> name.hashCode();
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> name;
                    default -> answers.apply(method.getName(), arguments);
                }));
    }
}
