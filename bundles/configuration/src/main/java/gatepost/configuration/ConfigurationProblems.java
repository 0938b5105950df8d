package gatepost.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown with everything that is wrong with a configuration, so that an operator can mend it in one go. */
public final class ConfigurationProblems extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationProblems(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** @return at least one problem, in the order in which they were found */
    public List<Problem> problems() {
        return problems;
    }
}
