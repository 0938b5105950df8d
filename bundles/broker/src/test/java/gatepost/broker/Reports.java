package gatepost.broker;

import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import java.util.ArrayList;
import java.util.List;

/** Keeps what became of each change of a configuration. */
public final class Reports implements ConfigurationReports {

    private final List<String> all = new ArrayList<>();

    @Override
    public void taken(String pid, String file, String note) {
        all.add(("taken " + note).strip());
    }

    @Override
    public void refused(String pid, String file, List<Problem> problems) {
        all.add("refused " + problems.get(0).key());
    }

    @Override
    public void awaited(String pid, String file) {
        all.add("awaited");
    }

    @Override
    public void removed(String pid) {
        all.add("removed");
    }

    @Override
    public List<ConfigurationReport> all() {
        throw new UnsupportedOperationException();
    }

    /** @return what was reported last */
    public String last() {
        return all.get(all.size() - 1);
    }
}
