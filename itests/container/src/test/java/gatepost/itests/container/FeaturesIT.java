package gatepost.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;

/** Every feature goes and comes back alone, from the shell, and what it does not concern goes on. */
public class FeaturesIT extends ContainerTest {

    private Connector stomp;

    @Before
    public void theShippedConnectorIsOpen() throws Exception {
        stomp = Connector.shipped(configurations, "stomp");
        eventually().until(stomp::isOpen);
    }

    @Test
    public void everyBundleIsActive() {
        Bundle[] inactive = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING)
                .filter(bundle -> !bundle.getSymbolicName().equals("org.apache.karaf.features.extension"))
                .toArray(Bundle[]::new);

        assertEquals(0, inactive.length);
    }

    @Test
    public void theFeatureOfAllIsThereForAPlainKaraf() throws Exception {
        assertEquals("Gatepost with everything that it can do", features.getFeature("gatepost").getDescription());
    }

    @Test
    public void withoutTheTransportNothingListensUntilItIsBack() throws Exception {
        theConnectorIsClosedWithout("gatepost-transport");
    }

    @Test
    public void withoutTheBrokerNothingListensUntilItIsBack() throws Exception {
        theConnectorIsClosedWithout("gatepost-broker");
    }

    @Test
    public void withoutAuthenticationTheGateIsClosedAndNobodyStaysIn() throws Exception {
        theConnectorIsClosedWithout("gatepost-authentication");
    }

    @Test
    public void withoutAuthorizationTheGateIsClosedAndNobodyStaysIn() throws Exception {
        theConnectorIsClosedWithout("gatepost-authorization");
    }

    @Test
    public void aFeatureThatGatepostDoesNotNeedComesAndGoesUnnoticed() throws Exception {
        Shell shell = Shell.asAdmin(context);
        try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
            shell.run("feature:uninstall diagnostic");
            assertFalse(features.isInstalled(features.getFeature("diagnostic")));
            shell.run("feature:install diagnostic");
            assertTrue(features.isInstalled(features.getFeature("diagnostic")));

            session.publish("/queue/itests.features", "unnoticed");
            assertEquals("unnoticed", session.receive("/queue/itests.features"));
        }
    }

    /** An optional import would be wired to such a bundle when the framework refreshes, and take the broker down with it. */
    @Test
    public void aBundleThatExportsWhatActiveMqCouldUseComesAndGoesUnnoticed() throws Exception {
        try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
            Bundle newcomer = context.installBundle("itests:newcomer", exporting(
                    "com.thoughtworks.xstream,com.thoughtworks.xstream.converters,com.thoughtworks.xstream.io,javax.jmdns,"
                            + "org.codehaus.jettison.mapped,org.jasypt.encryption,org.jasypt.properties,org.apache.derby.jdbc,"
                            + "org.apache.maven.plugin,mx4j.tools.naming,org.xmlpull.v1"));
            newcomer.start();
            shell("bundle:refresh " + newcomer.getBundleId());
            refreshWhatNeedsIt();
            session.publish("/queue/itests.newcomer", "unnoticed");

            newcomer.uninstall();
            refreshWhatNeedsIt();
            assertEquals("unnoticed", session.receive("/queue/itests.newcomer"));
        }
    }

    private void theConnectorIsClosedWithout(String feature) throws Exception {
        try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
            shell("feature:uninstall " + feature);
            eventually().until(() -> !stomp.isOpen());
            assertThrows(IOException.class, () -> session.publish("/queue/itests.features", "too late"));
        } finally {
            shell("feature:install " + feature);
        }
        eventually().until(() -> {
            StompSession.open(stomp.port(), "system", "manager").close();
            return true;
        });
    }

    private void shell(String command) throws Exception {
        Shell.asAdmin(context).run(command);
    }

    private void refreshWhatNeedsIt() throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        FrameworkWiring framework = context.getBundle(0).adapt(FrameworkWiring.class);
        framework.refreshBundles(null, event -> refreshed.countDown());
        assertTrue(refreshed.await(10, TimeUnit.SECONDS));
    }

    private static InputStream exporting(String packages) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "gatepost.itests.newcomer");
        attributes.putValue("Export-Package", packages);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        return new ByteArrayInputStream(jar.toByteArray());
    }
}
