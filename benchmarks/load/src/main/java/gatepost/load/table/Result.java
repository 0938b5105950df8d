package gatepost.load.table;

/**
 * One figure of one run.
 *
 * @param broker that was loaded
 * @param users who were connected
 * @param repetition counts the runs of the same work; those with the same number were made one after the other
 * @param phase such as {@code full:persistent:4}
 * @param figure such as {@code messages_per_s}
 */
record Result(String broker, int users, int repetition, String phase, String figure, double value) {

    private static final int FIELDS = 6;

    /** @param line as the load program writes it, with tabs between */
    static Result of(String line) {
        String[] fields = line.split("\t");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("expected " + FIELDS + " fields between tabs: " + line);
        }
        return new Result(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                fields[3],
                fields[4],
                Double.parseDouble(fields[5]));
    }
}
