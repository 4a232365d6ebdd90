package dev.afterglow.streams.it.crash;

import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often something is done to the pipeline, and the chance in it.
 *
 * @param name of the scenario, for its report
 * @param rounds how often, 1 or more
 * @param seed of everything that is left to chance; the scheduling of processes is not in its power
 * @param random seeded with it
 */
record Plan(String name, int rounds, long seed, Random random) {

    /** Rounds of the long version; the short one has a number for each scenario instead. */
    static final String ROUNDS = "afterglow.crash.rounds";

    static final String LONG_ONLY = "in the long version only: mvn verify -Pcrash";

    static final String SEED = "afterglow.crash.seed";

    private static final Logger LOGGER = LoggerFactory.getLogger(Plan.class);

    /**
     * @param few rounds of the short version
     * @param share of the rounds of the long version that this scenario has: one in so many, since some rounds take long
     */
    static Plan of(String name, int few, int share) {
        return of(name, few, share, System.nanoTime());
    }

    /** The same with a seed, unless another one is given. */
    static Plan of(String name, int few, int share, long standard) {
        int many = Integer.getInteger(ROUNDS, 0);
        int rounds = many == 0 ? few : Math.max(1, many / share);
        long seed = Long.getLong(SEED, standard);
        LOGGER.atInfo()
                .addKeyValue("scenario", name)
                .addKeyValue("rounds", rounds)
                .addKeyValue("seed", seed)
                .log("crash test starts; the seed again: -D" + SEED);
        return new Plan(name, rounds, seed, new Random(seed));
    }

    /** Waits for a time between two, in milliseconds, the second excluded. */
    void linger(int from, int to) throws InterruptedException {
        Moments.pass(from + random.nextInt(to - from));
    }
}
