package dev.afterglow.streams.conservation;

import java.util.Optional;

/**
 * Checks that what the ledgers say was counted was published. The two reach a reader by different ways, so that they may
 * only be compared when nothing is under way: when the flow has settled, and both are what they were at the look before,
 * at which it had settled too. Not thread-safe.
 */
public final class SettledCheck {

    private Look before;

    /**
     * One look.
     *
     * @param settled whether everything that had arrived can be read
     * @param counted {@code counted} of all ledgers, less what sealed hours refused (their ledger has it as a negative)
     * @param published sum of all counts published
     */
    public record Look(boolean settled, long counted, long published) {}

    /**
     * What is wrong, if that is certain. More published than counted is always wrong.
     *
     * @param complete whether no published hour has expired; less published than counted proves nothing otherwise
     */
    public Optional<Violation> look(Look look, boolean complete) {
        var still = look.settled() && look.equals(before);
        before = look;
        long counted = look.counted();
        long published = look.published();
        if (!still || published == counted || published < counted && !complete) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                "impressions", counted, published, counted + " counted by intake, but " + published + " published"));
    }
}
