#!/usr/bin/env bash
# An alias of OpenSearch is taken off an index that does not have it, and the call says that all was done.
#
# Versions  OpenSearch 2.19.6 (Maven Central), Java 17.
# Guess     POST /_aliases is all or nothing. A list that takes an alias off an index and puts it on another fails as a
#           whole (404, as GET and DELETE of such an alias do) where the first one never had it: a slip in a name, or
#           somebody has moved it meanwhile.
# Really    remove of an alias that is not there, alone          404 aliases_not_found
#           the same beside an add                               200, acknowledged: true; the add is done
#           so the alias leads to both indexes when the one to be taken off was named wrongly
#           the same with "must_exist": true                     404, and nothing is done
# Why       Only a list without any effect is refused. In a list that has one, a remove that finds nothing counts as done,
#           unless it says that it must find something.
# Who       Whoever swaps editions behind an alias. Two writers that both move it from the edition that they saw leave two
#           editions behind one name, and each of them is told that its swap succeeded. Say must_exist.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be had. Needs Java 17 (JDK), Maven, curl.
# An argument, if any, is the version of OpenSearch to try instead.
set -euo pipefail
version=${1:-2.19.6}

work=$(mktemp -d)
node=
trap '[ -z "$node" ] || kill "$node" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version><dependencies>
<dependency><groupId>org.opensearch</groupId><artifactId>opensearch</artifactId><version>$version</version></dependency>
<dependency><groupId>org.opensearch.plugin</groupId><artifactId>transport-netty4-client</artifactId><version>$version</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>2.25.4</version></dependency>
</dependencies></project>
XML
(cd "$work" && mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib) || exit 2
cat >"$work/Started.java" <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

public class Started extends Node {
    Started(Settings settings, Path folder) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), folder, () -> "one"),
            List.of(Netty4Plugin.class), true);
    }

    @Override
    protected void configureNodeAndClusterIdStateListener(ClusterService service) {}

    public static void main(String[] given) throws Exception {
        Settings settings = Settings.builder().put("path.home", given[0]).put("path.repo", given[0] + "/copies")
            .put("http.port", given[1]).put("transport.port", "0").put("network.host", "127.0.0.1")
            .put("discovery.type", "single-node").put("cluster.routing.allocation.disk.threshold_enabled", "false")
            .build();
        new Started(settings, Path.of(given[0])).start();
        Thread.currentThread().join();
    }
}
JAVA
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
java -Xmx256m --add-opens=java.base/java.nio.file=ALL-UNNAMED -cp "$work/lib/*" "$work/Started.java" "$work" "$port" \
    >"$work/log" 2>&1 &
node=$!
ask() { curl -sS -X "$1" -H 'Content-Type: application/json' "http://127.0.0.1:$port$2" ${3:+-d "$3"}; echo; }
for _ in $(seq 120); do curl -sf "http://127.0.0.1:$port/_cluster/health" >/dev/null 2>&1 && break; sleep 0.5; done

for edition in 1 2 3; do ask PUT "/law-$edition" '{"settings":{"number_of_replicas":0}}'; done
ask POST /_aliases '{"actions":[{"add":{"index":"law-2","alias":"law"}}]}'
swap() { ask POST /_aliases "{\"actions\":[{\"remove\":{\"index\":\"law-1\",\"alias\":\"law\"$1}}$2]}"; }
add=',{"add":{"index":"law-3","alias":"law"}}'
led() { ask GET /_cat/aliases/law?h=index | sort | xargs; }
echo "alone                $(swap '' '' | tee "$work/alone")"
echo "with must_exist      $(swap ',"must_exist":true' "$add" | tee "$work/must")"
echo "the alias leads to   $(led | tee "$work/first")"
echo "beside an add        $(swap '' "$add" | tee "$work/beside")"
echo "the alias leads to   $(led | tee "$work/last")"
grep -q 404 "$work/alone" && grep -q 404 "$work/must" && grep -qx law-2 "$work/first" &&
    grep -q '"acknowledged":true' "$work/beside" && grep -qx "law-2 law-3" "$work/last" || exit 1
