#!/usr/bin/env bash
# A restored index of OpenSearch takes its old alias back: one name then answers with the old text and with the new.
#
# Versions  OpenSearch 2.19.6 (Maven Central), Java 17.
# Guess     An alias is changed by who changes aliases. A snapshot has the documents, the mapping and the settings of an
#           index; restoring one that was deleted brings these back, and the alias, which led to its successor by then,
#           goes on leading there alone.
# Really    snapshot of law-1 (alias law), alias moved to law-2, law-1 deleted, law-1 restored by its name:
#           a search of law finds the text of both, 200, no warning, every shard successful
# Why       The aliases that an index had are part of what a snapshot stores of it, and include_aliases is true where
#           nothing is said. The restore adds the alias; it takes none away from another index.
# Who       Whoever has each edition of a collection in an index of its own behind one alias, and brings an old one back to
#           look something up. From that moment the application cites the replaced rule beside the one in force. Give
#           "include_aliases": false, and set the alias by a call of its own.
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

ask PUT /_snapshot/copies '{"type":"fs","settings":{"location":"copies"}}'
ask PUT /law-1 '{"aliases":{"law":{}},"settings":{"number_of_replicas":0}}'
ask PUT '/law-1/_doc/1?refresh=true' '{"text":"within 30 days"}'
ask PUT '/_snapshot/copies/first?wait_for_completion=true' '{"indices":"law-1"}' >/dev/null
ask PUT /law-2 '{"settings":{"number_of_replicas":0}}'
ask PUT '/law-2/_doc/1?refresh=true' '{"text":"within 60 days"}'
ask POST /_aliases '{"actions":[{"remove":{"index":"law-1","alias":"law"}},{"add":{"index":"law-2","alias":"law"}}]}'
ask DELETE /law-1
found() { ask GET /law/_search | python3 -c 'import json, sys; a = json.load(sys.stdin); print(sorted(h["_source"]["text"] for h in a["hits"]["hits"]), a["_shards"])'; }
echo "before the restore   $(found | tee "$work/before")"
restore() { ask POST '/_snapshot/copies/first/_restore?wait_for_completion=true' "$1" >/dev/null; }
restore '{"indices":"law-1"}'
echo "after it             $(found | tee "$work/after")"
ask DELETE /law-1
restore '{"indices":"law-1","include_aliases":false}'
echo "without aliases      $(found | tee "$work/without")"
grep -q "^\['within 60 days'\]" "$work/before" && grep -q "^\['within 30 days', 'within 60 days'\]" "$work/after" &&
    grep -q "^\['within 60 days'\]" "$work/without" || exit 1
