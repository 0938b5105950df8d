package gatepost.authentication.realm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The JAAS realm {@code gatepost}: one entry for each configured login module of Karaf's, the first that accepts decides. The
 * realm is visible to Karaf's {@code jaas:} commands. An operator may put another realm of this name and a higher rank in its
 * place.
 */
public final class GatepostRealm implements JaasRealm {

    /** The realm's name; Karaf's own realm, for its shell users, is {@code karaf}. */
    public static final String NAME = "gatepost";

    /** The option that tells the users file's entry from others. */
    static final String USERS_FILE_ENTRY = "gatepost.users.file";

    private final List<LoginModuleChoice> modules;

    public GatepostRealm(List<LoginModuleChoice> modules) {
        this.modules = List.copyOf(modules);
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return 0;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        return modules.stream().map(GatepostRealm::entry).toArray(AppConfigurationEntry[]::new);
    }

    private static AppConfigurationEntry entry(LoginModuleChoice choice) {
        Map<String, Object> options = new TreeMap<>(choice.options());
        options.put("encryption.enabled", "true");
        options.put("encryption.name", HashedPasswords.NAME);
        Bundle bundle = FrameworkUtil.getBundle(choice.module());
        if (bundle == null) {
            return new AppConfigurationEntry(choice.module().getName(), LoginModuleControlFlag.SUFFICIENT, options);
        }
        BundleContext context = bundle.getBundleContext();
        options.put(BundleContext.class.getName(), context);
        options.put(ProxyLoginModule.PROPERTY_MODULE, choice.module().getName());
        options.put(ProxyLoginModule.PROPERTY_BUNDLE, Long.toString(bundle.getBundleId()));
        return new AppConfigurationEntry(ProxyLoginModule.class.getName(), LoginModuleControlFlag.SUFFICIENT, options);
    }
}
