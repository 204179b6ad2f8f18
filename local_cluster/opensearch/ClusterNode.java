import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.opensearch.common.settings.Settings;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * One node of OpenSearch with plugins from the class path, which the server of the packages loads from folders only.
 *
 * <p>Arguments: a properties file with the settings of the node, the process without which the node ends (0 for none),
 * the classes of the plugins.
 */
public final class ClusterNode extends Node {
    private ClusterNode(Environment environment, List<Class<? extends Plugin>> plugins) {
        super(environment, plugins, true);
    }

    /** Empty: the listener writes the names of node and cluster into a log layout that only the packages have. */
    @Override
    protected void configureNodeAndClusterIdStateListener(ClusterService clusterService) {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        endWith(Long.parseLong(arguments[1]));
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Settings.Builder settings = Settings.builder();
        properties.forEach((name, value) -> settings.put((String) name, (String) value));
        List<Class<? extends Plugin>> plugins = new ArrayList<>();
        for (int at = 2; at < arguments.length; at++) {
            plugins.add(Class.forName(arguments[at]).asSubclass(Plugin.class));
        }
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings.build(), Map.of(), file.toAbsolutePath().getParent(), () -> properties.getProperty("node.name"));
        Node node = new ClusterNode(environment, plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        Thread.currentThread().join();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (Exception error) {
            error.printStackTrace();
        }
    }

    /** End this node when the process is gone, so that a test run that was killed leaves no node behind. */
    private static void endWith(long process) {
        if (process != 0) {
            ProcessHandle.of(process).ifPresentOrElse(
                handle -> handle.onExit().thenRun(() -> Runtime.getRuntime().halt(0)),
                () -> Runtime.getRuntime().halt(0));
        }
    }
}
