package gatepost.routes;

import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was reported, one line each. */
final class TestReports implements ConfigurationReports {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void taken(String pid, String file, String note) {
        lines.add("taken " + file + " " + note);
    }

    @Override
    public void refused(String pid, String file, List<Problem> problems) {
        problems.forEach(problem -> lines.add("refused " + problem));
    }

    @Override
    public void awaited(String pid, String file) {
        lines.add("awaited " + file);
    }

    @Override
    public void removed(String pid) {
        lines.add("removed " + pid);
    }

    @Override
    public List<ConfigurationReport> all() {
        return List.of();
    }
}
