package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.routes.foreign.ForeignRoute;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** A bundle of somebody else's uses Camel and the component as Gatepost's own bundles do. */
class ForeignBundleIT extends RoutesTest {

    @Test
    void itsRouteReachesAUser() throws Exception {
        gatepost.shell("bundle:install -s "
                + bundle(gatepost.home().resolve("foreign.jar")).toUri());
        try (StompClient carol = Transport.TCP.client(gatepost)) {
            carol.connect("carol", "carol");
            carol.send(ClientFrame.subscribe("1", "/queue/user.carol"));
            assertEquals("from a foreign bundle", carol.expect("MESSAGE").text());
        } finally {
            gatepost.shell("bundle:uninstall itests.foreign");
        }
    }

    private static Path bundle(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "itests.foreign");
        attributes.putValue("Bundle-Activator", ForeignRoute.class.getName());
        attributes.putValue(
                "Import-Package",
                "gatepost.camel,org.apache.camel,org.apache.camel.builder,org.apache.camel.impl,"
                        + "org.apache.camel.model,org.osgi.framework");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : List.of("ForeignRoute", "ForeignRoute$1")) {
                String path = "gatepost/itests/routes/foreign/" + name + ".class";
                out.putNextEntry(new JarEntry(path));
                try (InputStream in = ForeignBundleIT.class.getResourceAsStream("/" + path)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }
}
