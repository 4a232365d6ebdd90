package dev.afterglow.streams.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.streams.readmodel.ReadModelView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** What an account owes for a month, and for which experiments. */
final class CostPages {

    /** Of a period that goes on, and of one that is over but not final: late events of it still count. */
    private static final String RUNNING = "RUNNING";

    private static final String CLOSED = "CLOSED";

    private static final Pattern PERIOD = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");

    private final HttpSources sources;

    CostPages(HttpSources sources) {
        this.sources = sources;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/accounts/{account}/costs", this::costs);
    }

    private void costs(Context context) {
        var account = context.pathParam("account");
        var asked = context.queryParam("period");
        if (asked != null && !PERIOD.matcher(asked).matches()) {
            throw ApiException.badRequest(
                    "period '" + asked + "' is no month", "write ?period=YYYY-MM, for example 2026-03");
        }
        try (var view = sources.view().get()) {
            var periods = view.accountCosts(account);
            if (periods.isEmpty()) {
                throw ApiException.notFound(
                        "account '" + account + "' has no costs",
                        "give projects this account in their policies and see that events arrive, or correct the name");
            }
            var period = asked == null ? currentPeriod(periods) : asked;
            var cost = periods.stream()
                    .filter(candidate -> candidate.getPeriod().equals(period))
                    .findAny()
                    .orElseThrow(() -> unknownPeriod(account, period, periods));
            Json.answer(context, costs(view, cost, status(cost)));
        }
    }

    /** The present month on the account's own calendar, as its newest costs have it. */
    private String currentPeriod(List<AccountCost> periods) {
        var zone = periods.get(periods.size() - 1).getZone();
        var known = ZoneId.getAvailableZoneIds().contains(zone) ? ZoneId.of(zone) : ZoneOffset.UTC;
        return YearMonth.from(sources.clock().instant().atZone(known)).toString();
    }

    private static ApiException unknownPeriod(String account, String period, List<AccountCost> periods) {
        return ApiException.notFound(
                "account '" + account + "' has no costs in " + period,
                "ask for a period that has some: "
                        + periods.stream().map(AccountCost::getPeriod).collect(Collectors.joining(", ")));
    }

    /** A period ends without a message: whether it has is seen from how far the traffic has come. */
    private String status(AccountCost cost) {
        return switch (cost.getStatus()) {
            case FINAL, CORRECTED -> cost.getStatus().name();
            case UNKNOWN, PROVISIONAL -> {
                var now = sources.status().get().watermark();
                yield now.orElse(cost.getPeriodStart()).isBefore(cost.getPeriodEnd()) ? RUNNING : CLOSED;
            }
        };
    }

    private static Costs costs(ReadModelView view, AccountCost cost, String status) {
        return new Costs(
                cost.getAccount(),
                cost.getPeriod(),
                cost.getCurrency(),
                cost.getImpressions(),
                cost.getCostMicros(),
                cost.getWastedMicros(),
                view.experimentCosts(cost.getAccount(), cost.getPeriod()).stream()
                        .map(CostPages::share)
                        .toList(),
                cost.getPeriodStart(),
                cost.getPeriodEnd(),
                cost.getZone(),
                cost.getLeftoverImpressions(),
                cost.getUnpricedImpressions(),
                cost.getPlanVersion(),
                cost.getRevision(),
                node(cost.getForecast()),
                status,
                cost.getFinalAt(),
                node(cost.getFinalFigures()),
                node(cost.getCorrection()));
    }

    private static Share share(ExperimentCost cost) {
        return new Share(
                cost.getProject(),
                cost.getEnvironment(),
                cost.getExperiment(),
                cost.getImpressions(),
                cost.getCostMicros(),
                cost.getWastedMicros(),
                cost.getLeftoverImpressions(),
                cost.getTeam(),
                node(cost.getFinalFigures()),
                node(cost.getCorrection()));
    }

    private static ObjectNode node(IndexedRecord value) {
        return value == null ? null : Json.node(value);
    }

    private record Costs(
            String account,
            String period,
            String currency,
            long impressions,
            long costMicros,
            long wastedMicros,
            List<Share> experiments,
            Instant periodStart,
            Instant periodEnd,
            String zone,
            long leftoverImpressions,
            long unpricedImpressions,
            Long planVersion,
            long revision,
            ObjectNode forecast,
            String status,
            Instant finalAt,
            ObjectNode finalFigures,
            ObjectNode correction) {}

    private record Share(
            String project,
            String environment,
            String experiment,
            long impressions,
            long costMicros,
            long wastedMicros,
            long leftoverImpressions,
            String team,
            ObjectNode finalFigures,
            ObjectNode correction) {}
}
