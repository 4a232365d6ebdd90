package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.it.Committed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The books that a reader of committed records keeps, who takes the newest share of each experiment. A share names the
 * revision of its account, and all of a revision stand in one piece, in one transaction: with the account's own record of
 * it they add up.
 */
final class Bills {

    /** What has to add up. */
    private static final List<Sum> SUMS = List.of(
            new Sum("cost", ExperimentCost::getCostMicros, AccountCost::getCostMicros),
            new Sum("waste", ExperimentCost::getWastedMicros, AccountCost::getWastedMicros),
            new Sum("impressions", ExperimentCost::getImpressions, AccountCost::getImpressions),
            new Sum("leftovers", ExperimentCost::getLeftoverImpressions, AccountCost::getLeftoverImpressions));

    private final Committed committed;
    private final Topics topics;
    private final String when;

    /** @param when for messages: what was done to the pipeline */
    Bills(Committed committed, Topics topics, String when) {
        this.committed = committed;
        this.topics = topics;
        this.when = when;
    }

    /**
     * The newest revision of an account and period.
     *
     * @param account what it owes
     * @param shares of its experiments, by identity
     */
    record Bill(AccountCost account, Map<String, ExperimentCost> shares) {}

    private record Sum(String name, ToLongFunction<ExperimentCost> ofShare, ToLongFunction<AccountCost> ofAccount) {}

    /** Fails unless the shares add up after every revision; the newest bills, by account and period. */
    Map<String, Bill> mustAddUp() {
        var shares = new HashMap<String, List<ConsumerRecord<String, ExperimentCost>>>();
        committed
                .records(topics.costs())
                .forEach(record -> shares.computeIfAbsent(
                                record.value().getAccount()
                                        + '/'
                                        + record.value().getPeriod(),
                                key -> new ArrayList<>())
                        .add(record));
        var accounts = new LinkedHashMap<String, List<ConsumerRecord<String, AccountCost>>>();
        committed
                .records(topics.accountCosts())
                .forEach(record -> accounts.computeIfAbsent(record.key(), key -> new ArrayList<>())
                        .add(record));
        assertThat(shares.keySet()).as("periods with shares, %s", when).isEqualTo(accounts.keySet());
        var bills = new HashMap<String, Bill>();
        accounts.forEach((period, revisions) -> bills.put(period, mustAddUp(period, revisions, shares.get(period))));
        return bills;
    }

    private Bill mustAddUp(
            String period,
            List<ConsumerRecord<String, AccountCost>> revisions,
            List<ConsumerRecord<String, ExperimentCost>> shares) {
        assertThat(revisions)
                .as("revisions of %s, %s", period, when)
                .extracting(revision -> revision.value().getRevision())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, revisions.size()).boxed().toList());
        var newest = new HashMap<String, ExperimentCost>();
        int next = 0;
        for (var revision : revisions) {
            int first = next;
            long number = revision.value().getRevision();
            for (; next < shares.size() && shares.get(next).value().getAccountRevision() == number; next++) {
                newest.put(shares.get(next).key(), shares.get(next).value());
            }
            mustBeInOnePiece(period, number, shares.subList(first, next));
            SUMS.forEach(sum -> mustBeSame(sum, revision.value(), newest));
        }
        assertThat(shares.subList(next, shares.size()))
                .as("shares of %s that belong to no revision or come too late for it, %s", period, when)
                .isEmpty();
        var byExperiment = new HashMap<String, ExperimentCost>();
        newest.forEach((key, share) -> byExperiment.put(key.substring(period.length() + 1), share));
        return new Bill(revisions.get(revisions.size() - 1).value(), byExperiment);
    }

    /** Where a transaction ends there is an offset that no reader sees, and so a gap. */
    private void mustBeInOnePiece(String period, long revision, List<ConsumerRecord<String, ExperimentCost>> shares) {
        if (shares.isEmpty()) {
            return;
        }
        long begins = shares.get(0).offset();
        assertThat(shares)
                .as("offsets of the shares of revision %d of %s, %s", revision, period, when)
                .extracting(ConsumerRecord::offset)
                .containsExactlyElementsOf(
                        LongStream.range(begins, begins + shares.size()).boxed().toList());
        assertThat(shares)
                .as("experiments in revision %d of %s, %s", revision, period, when)
                .extracting(ConsumerRecord::key)
                .doesNotHaveDuplicates();
    }

    private void mustBeSame(Sum sum, AccountCost account, Map<String, ExperimentCost> newest) {
        assertThat(newest.values().stream().mapToLong(sum.ofShare()).sum())
                .as(
                        "%s of the shares at revision %d of %s/%s, %s",
                        sum.name(), account.getRevision(), account.getAccount(), account.getPeriod(), when)
                .isEqualTo(sum.ofAccount().applyAsLong(account));
    }
}
