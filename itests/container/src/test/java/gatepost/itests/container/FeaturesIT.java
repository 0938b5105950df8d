package gatepost.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

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
        assertEquals(
                "Gatepost with everything that it can do",
                features.getFeature("gatepost").getDescription());
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
        for (String feature : List.of(
                "diagnostic",
                "management",
                "service",
                "gatepost-api",
                "gatepost-presence",
                "gatepost-events",
                "gatepost-welcome",
                "gatepost-routes",
                "gatepost-console")) {
            try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
                features.uninstallFeature(feature);
                assertFalse(features.isInstalled(features.getFeature(feature)));
                features.installFeature(feature);
                assertTrue(features.isInstalled(features.getFeature(feature)));

                session.publish("/queue/itests.features", feature);
                assertEquals(feature, session.receive("/queue/itests.features"));
            }
        }
    }

    /** Of an inbox an administrator takes nothing away: the next one to read it gets the first message again. */
    @Test
    public void withoutTheInboxAUsersQueueIsAQueueUntilItIsBack() throws Exception {
        assertEquals("first", secondReader("/queue/user.inbox-1"));
        shell("feature:uninstall gatepost-inbox");
        try {
            eventually().until(() -> isOpenAgain());
            assertEquals("second", secondReader("/queue/user.inbox-2"));
        } finally {
            shell("feature:install gatepost-inbox");
        }
        eventually().until(() -> isOpenAgain());
        assertEquals("first", secondReader("/queue/user.inbox-3"));
    }

    private String secondReader(String queue) throws IOException {
        try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
            session.publish(queue, "first");
            assertEquals("first", session.receive(queue));
        }
        try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
            session.publish(queue, "second");
            return session.receive(queue);
        }
    }

    private boolean isOpenAgain() throws IOException {
        StompSession.open(stomp.port(), "system", "manager").close();
        return true;
    }

    /** Karaf wires an optional import anew as soon as a feature can satisfy it, and would take the broker down for that. */
    @Test
    public void aFeatureThatExportsWhatActiveMqOrNettyCouldUseComesAndGoesUnnoticed() throws Exception {
        try (StompSession session = StompSession.open(stomp.port(), "system", "manager")) {
            features.addRepository(newcomer(), false);
            shell("feature:install itests-newcomer");
            session.publish("/queue/itests.newcomer", "unnoticed");

            shell("feature:uninstall itests-newcomer");
            assertEquals("unnoticed", session.receive("/queue/itests.newcomer"));
        } finally {
            features.removeRepository(newcomer(), true);
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

    /** @return a repository with one feature, whose bundle exports packages that classes of ActiveMQ and Netty mention */
    private static URI newcomer() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "gatepost.itests.newcomer");
        attributes.putValue(
                "Export-Package",
                "com.thoughtworks.xstream,com.thoughtworks.xstream.converters,"
                        + "com.thoughtworks.xstream.io,javax.jmdns,org.codehaus.jettison.mapped,org.jasypt.encryption,"
                        + "org.jasypt.properties,org.apache.derby.jdbc,org.apache.maven.plugin,mx4j.tools.naming,org.xmlpull.v1,"
                        + "com.google.protobuf,com.jcraft.jzlib,com.github.luben.zstd;version=\"1.5\",net.jpountz.lz4;version=\"1.12\","
                        + "net.jpountz.xxhash;version=\"1.12\",reactor.blockhound,org.conscrypt;version=\"2.5\"");
        Path folder = Files.createDirectories(Path.of(System.getProperty("karaf.data"), "itests"));
        Path jar = folder.resolve("newcomer.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return Files.writeString(folder.resolve("newcomer.xml"), """
                <features name="itests" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="itests-newcomer" version="1"><bundle>%s</bundle></feature>
                </features>""".formatted(jar.toUri()))
                .toUri();
    }
}
