package dev.afterglow.streams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.alerts.money.EvenUse;
import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.text.Columns;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.streams.apply.DefinitionFiles;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow costs estimate}: what experiments would cost, from how many users see them how often. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description =
                "Estimates the impressions of a month as monthly tracked users × experiments × page views of a user,"
                        + " which is the most there can be, and prices them.",
        footer = {
            "",
            "The price plan is that of a file of 'afterglow apply'. With --actuals the month of the account is shown"
                    + " beside it, as a running instance has it.",
            "",
            "Examples:",
            "  afterglow costs estimate --mtu 50000 --experiments 4 --page-views 30 --period 2026-12 --plan shop.yaml",
            "  afterglow costs estimate --mtu 50000 --experiments 4 --page-views 30 --period 2026-11 --plan shop.yaml"
                    + " --account acme --actuals"
        })
public final class EstimateCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(names = "--mtu", required = true, paramLabel = "USERS", description = "Users of a month.")
    private long users;

    @Option(
            names = "--experiments",
            required = true,
            paramLabel = "N",
            description = "Experiments that each of them sees.")
    private long experiments;

    @Option(
            names = "--page-views",
            required = true,
            paramLabel = "N",
            description = "Page views of a user in a month, on average; may have decimals.")
    private BigDecimal pageViews;

    @Option(names = "--period", required = true, paramLabel = "YYYY-MM", description = "The month.")
    private String period;

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "YAML file with the price plan.")
    private String plan;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Whose plan it is. Default: the only one in the file.")
    private String account;

    @Option(names = "--actuals", description = "Compare with what a running instance has for the account.")
    private boolean actuals;

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var month = month();
        var plans = plans(month);
        var pricing = PlanHistory.of(plans).pricing(month);
        long impressions = impressions();
        var table = new Columns("", "impressions", "cost");
        table.add("estimate for " + month, number(impressions), money(impressions, pricing));
        if (actuals) {
            var actual = actual(plans.get(0).getAccount(), month);
            long soFar = actual.path("impressions").asLong();
            table.add(
                    "so far",
                    number(soFar),
                    MoneyText.plain(
                            actual.path("costMicros").asLong(),
                            actual.path("currency").asText()));
            table.add("of the estimate", percent(soFar, impressions), "");
        }
        var out = spec.commandLine().getOut();
        table.lines().forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }

    private long impressions() {
        if (users < 0 || experiments < 0 || pageViews.signum() < 0) {
            throw new BadInputException("--mtu, --experiments and --page-views: give numbers of 0 or more");
        }
        try {
            return BigDecimal.valueOf(users)
                    .multiply(BigDecimal.valueOf(experiments))
                    .multiply(pageViews)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new BadInputException("--mtu × --experiments × --page-views is more than " + Long.MAX_VALUE
                    + " impressions: give smaller numbers");
        }
    }

    private YearMonth month() {
        try {
            return YearMonth.parse(period);
        } catch (DateTimeParseException e) {
            throw new BadInputException("--period is '" + period + "': write a month as YYYY-MM, for example 2026-11");
        }
    }

    private List<PricePlan> plans(YearMonth month) throws IOException {
        var start = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        var all = DefinitionFiles.read(List.of(YamlSource.read(plan)), Clock.fixed(start, ZoneOffset.UTC))
                .values(PricePlan.class);
        var accounts = all.stream().map(PricePlan::getAccount).distinct().toList();
        if (account == null && accounts.size() != 1) {
            throw new BadInputException(plan + " has price plans of " + accounts + ": say whose with --account");
        }
        var chosen = all.stream()
                .filter(one -> account == null || one.getAccount().equals(account))
                .toList();
        if (chosen.isEmpty()) {
            throw new BadInputException(plan + " has no price plan of account '" + account + "', but of " + accounts);
        }
        return chosen;
    }

    private static String money(long impressions, PeriodPricing pricing) {
        if (pricing.currency().equals(PeriodPricing.NO_CURRENCY)) {
            return "no price in " + pricing.month();
        }
        try {
            return MoneyText.plain(EvenUse.costMicros(pricing, impressions), pricing.currency());
        } catch (ArithmeticException e) {
            throw new BadInputException("the cost does not fit: " + e.getMessage());
        }
    }

    private JsonNode actual(String payer, YearMonth month) throws InterruptedException {
        var path = "/api/v1/accounts/" + URLEncoder.encode(payer, StandardCharsets.UTF_8) + "/costs?period=" + month;
        try {
            return new ObjectMapper().readTree(Instance.get(instance.address(path), TIMEOUT));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer is no JSON: is that an instance of Afterglow?", e);
        }
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(long part, long whole) {
        return whole == 0
                ? "-"
                : BigDecimal.valueOf(part)
                                .scaleByPowerOfTen(2)
                                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
                        + " %";
    }
}
