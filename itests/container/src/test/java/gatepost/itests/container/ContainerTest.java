package gatepost.itests.container;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Ports;
import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.options.extra.VMOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Runs a test inside the distribution as it was built, in one container for the whole suite. Only its ports are other ones,
 * so that it may run beside another Gatepost; tests read them from the configuration.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public abstract class ContainerTest {

    private static final String KARAF = System.getProperty("karaf.version");

    @Inject
    protected BundleContext context;

    @Inject
    protected ConfigurationAdmin configurations;

    @Inject
    protected FeaturesService features;

    /** Waited for, so that no test begins while the distribution is still starting. */
    @Inject
    protected BootFinished booted;

    @Configuration
    public static Option[] distribution() {
        return options(theDistributionAsBuilt(), karafsJavaOptions(), freePorts(), whatTheTestsNeed());
    }

    static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    private static Option theDistributionAsBuilt() {
        return composite(
                karafDistributionConfiguration()
                        .frameworkUrl(filled().toURI().toString())
                        .karafVersion(KARAF)
                        .name("Gatepost")
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                configureConsole().ignoreLocalConsole(),
                keepRuntimeFolder());
    }

    /** @return the archive with an {@code etc}, which Pax Exam changes before it starts Java by itself */
    private static File filled() {
        File filled = new File("target/filled.tar.gz").getAbsoluteFile();
        Command.run(
                filled.getParentFile().toPath(),
                Map.of(),
                "sh",
                "-euc",
                """
                [ ! "$1" -nt "$0" ] || exit 0
                rm -rf filled
                mkdir filled
                trap 'rm -rf filled' EXIT
                tar -xzf "$0" -C filled
                for home in filled/*; do
                    "$home/bin/upgrade-etc"
                done
                tar -C filled -cf - . | gzip -1 > "$1.part"
                mv "$1.part" "$1"
                """,
                new File(System.getProperty("gatepost.distribution")).getAbsolutePath(),
                filled.toString());
        return filled;
    }

    private static Option whatTheTestsNeed() {
        return composite(
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots,"
                                + new File(System.getProperty("gatepost.repository")).toURI() + "@id=tests@snapshots"),
                mavenBundle("org.hamcrest", "hamcrest", System.getProperty("hamcrest.version")),
                mavenBundle("org.awaitility", "awaitility", System.getProperty("awaitility.version")));
    }

    private static Option freePorts() {
        return composite(
                editConfigurationFilePut("etc/gatepost.connector-stomp.cfg", "uri", "stomp://0.0.0.0:" + Ports.free()),
                editConfigurationFilePut("etc/gatepost.connector-ws.cfg", "uri", "ws://0.0.0.0:" + Ports.free()),
                editConfigurationFilePut(
                        "etc/org.apache.felix.http.cfg", "org.osgi.service.http.port", "" + Ports.free()),
                editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", "" + Ports.free()),
                editConfigurationFilePut("etc/org.apache.karaf.management.cfg", "rmiRegistryPort", "" + Ports.free()),
                editConfigurationFilePut("etc/org.apache.karaf.management.cfg", "rmiServerPort", "" + Ports.free()),
                editConfigurationFilePut(
                        "etc/system.properties",
                        Connector.FREE_PORTS,
                        Stream.generate(Ports::free)
                                .limit(4)
                                .map(String::valueOf)
                                .collect(Collectors.joining(","))));
    }

    /** What bin/karaf gives to Java. */
    private static Option karafsJavaOptions() {
        Stream<String> arguments = Stream.of(
                "-Xmx512m",
                "--add-reads=java.xml=java.logging",
                "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                "--patch-module",
                "java.base=lib/endorsed/org.apache.karaf.specs.locator-" + KARAF + ".jar",
                "--patch-module",
                "java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + KARAF + ".jar",
                "--add-opens",
                "java.base/java.security=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.net=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "--add-opens",
                "java.naming/javax.naming.spi=ALL-UNNAMED",
                "--add-opens",
                "java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.ftp=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED",
                "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
                "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                "-classpath",
                "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
        return composite(OptionUtils.expand(arguments.map(VMOption::new).toArray(Option[]::new)));
    }
}
