"""``pinpoint cluster`` as it is called."""

from click.testing import CliRunner

from local_cluster.commands import cluster


def test_what_it_is_for_is_said():
    printed = CliRunner().invoke(cluster, ["--help"]).output
    assert "OpenSearch" in printed
