package gatepost.events.webhook;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.FileWatch;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.events.feed.Sender;
import gatepost.events.feed.Senders;
import gatepost.events.note.EventName;
import gatepost.threads.DaemonThreads;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** One webhook, from one configuration of the factory PID {@value #PID}. It keeps the last good settings. */
@Component(
        service = Webhook.class,
        immediate = true,
        configurationPid = Webhook.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WebhookDefinition.class, factory = true)
public final class Webhook {

    public static final String PID = "gatepost.webhook";

    private static final int IDLE_SECONDS = 60;

    private final ConfigurationReports reports;
    private final Senders senders;
    private final Path home = Path.of(System.getProperty("karaf.base", "")).toAbsolutePath();
    private final String pid;
    private final String name;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watching;
    private final Post post;
    private Optional<FileWatch> watch = Optional.empty();
    private volatile WebhookSettings settings;
    private volatile Sender sender;
    private volatile String lastAnswer = "";

    @Activate
    public Webhook(
            @Reference ConfigurationReports reports, @Reference Senders senders, Map<String, Object> properties) {
        this.reports = reports;
        this.senders = senders;
        this.pid = properties.get("service.pid").toString();
        this.name = pid.substring(pid.indexOf('~') + 1);
        // none waits for another: the sender bounds how many are under way
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.numbered("gatepost-webhook-" + name));
        this.watching = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatepost-webhook-" + name + "-files"));
        this.post = new Post(threads, new Addresses(InetAddress::getAllByName), InstantSource.system(), Post.PATIENCE);
        modified(properties);
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public synchronized void modified(Map<String, Object> properties) {
        String file = Settings.file(pid, properties);
        if (reports.isAwaited(pid, properties)) {
            return;
        }
        try {
            put(settings(pid, properties, home), properties);
            reports.taken(pid, file, "");
        } catch (ConfigurationProblems e) {
            reports.refused(pid, file, e.problems());
        }
    }

    /** @throws ConfigurationProblems when no webhook can have such a configuration, or such a name */
    static WebhookSettings settings(String pid, Map<String, ?> properties, Path home) throws ConfigurationProblems {
        String name = pid.substring(pid.indexOf('~') + 1);
        if (!EventName.isSubscriber(name)) {
            throw new ConfigurationProblems(List.of(new Problem(
                    Settings.file(pid, properties),
                    "name",
                    name,
                    "expected letters, digits, . _ and -, at most 64 of them")));
        }
        return WebhookSettings.of(pid, properties, home);
    }

    private void put(WebhookSettings next, Map<String, Object> properties) {
        watch.ifPresent(FileWatch::close);
        watch = next.files().isEmpty()
                ? Optional.empty()
                : Optional.of(new FileWatch(next.files(), watching, () -> modified(properties)));
        settings = next;
        WebhookReceiver receiver = new WebhookReceiver(name, next, this::send);
        if (sender == null) {
            sender = senders.subscribe(receiver);
        } else {
            sender.change(receiver);
        }
    }

    @Deactivate
    public synchronized void deactivate() {
        watch.ifPresent(FileWatch::close);
        if (sender != null) {
            sender.close();
        }
        watching.shutdownNow();
        threads.shutdown();
        reports.removed(pid);
    }

    private CompletionStage<Void> send(WebhookSettings to, Told event) {
        return post.send(to, event).handle((answer, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                lastAnswer = String.valueOf(cause.getMessage());
                throw new CompletionException(cause);
            }
            lastAnswer = answer;
            return null;
        });
    }

    public String name() {
        return name;
    }

    /** @return the URL without its query; empty while no configuration of it could be used */
    public String url() {
        WebhookSettings current = settings;
        return current == null ? "" : current.shown();
    }

    /** @return nothing while no configuration of it could be used */
    public Optional<Sender> sender() {
        return Optional.ofNullable(sender);
    }

    /** @return what was answered last, or why nothing was; empty before anything was sent */
    public String lastAnswer() {
        return lastAnswer;
    }
}
