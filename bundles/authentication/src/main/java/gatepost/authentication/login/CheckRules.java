package gatepost.authentication.login;

/**
 * How much may be spent on checking passwords at the same time.
 *
 * @param hashThreads threads that compute hashes, from 1
 * @param directoryThreads threads that ask directories and databases, from 1
 * @param places sign-ins that may be checked or wait for it, from 4; each keeps a thread that serves frames busy
 */
public record CheckRules(int hashThreads, int directoryThreads, int places) {

    /** Half of the processors, so that the others go on serving, as many threads for directories as ask at once, and what they wait for. */
    public static final CheckRules DEFAULT = new CheckRules(hashThreads(0), 8, 32);

    /** @param configured 0 for half of the processors */
    public static int hashThreads(int configured) {
        return configured > 0 ? configured : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
