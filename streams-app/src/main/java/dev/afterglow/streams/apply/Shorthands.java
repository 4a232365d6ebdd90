package dev.afterglow.streams.apply;

import dev.afterglow.alerts.policy.Preset;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.VariantWeight;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What people may write in place of a contract's own form.
 *
 * <ul>
 *   <li>{@code version}: 1 when left out;
 *   <li>{@code effectiveFrom}: for experiments the time of applying when left out; for projects and price plans the
 *       beginning (1970) in version 1, and needed in later versions;
 *   <li>money: {@code price: 0.0001} for {@code priceMicros: 100}; {@code criticalCost: 250.00} of a project, in
 *       the currency of its account, for {@code criticalCostMicros}; {@code flatFee} and {@code minimum} of a price plan;
 *       {@code amount: 500.00} of a money budget, for which {@code amountMicros} takes the micro-units;
 *   <li>{@code preset: amplitude} in a project: the days of that product; what is given beside it wins;
 *   <li>variants: {@code {control: 50, treatment: 50}}.
 * </ul>
 */
final class Shorthands {

    private static final String MICROS = "Micros";

    private final Clock clock;

    Shorthands(Clock clock) {
        this.clock = clock;
    }

    boolean isVariantMap(Node node, Schema element) {
        return node instanceof MappingNode && element.getFullName().equals(fullName(VariantWeight.getClassSchema()));
    }

    /** A field written in another way; empty when it is not. */
    Optional<Object> read(Fields fields, Schema schema, Schema.Field field) throws Mismatch {
        var money = money(fields, schema, field);
        return money.isEmpty() && schema.getFullName().equals(fullName(ProjectPolicy.getClassSchema()))
                ? preset(fields, field)
                : money;
    }

    /** What the preset of a project says of a field that is not given. */
    private static Optional<Object> preset(Fields fields, Schema.Field field) throws Mismatch {
        var name = fields.get("preset");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var written = Scalars.text(name.get());
        var preset = Preset.named(written);
        if (preset.isEmpty() && field.pos() == 0) {
            throw new Mismatch("the preset '" + written + "' is not known: write one of " + Preset.names());
        }
        if (preset.isEmpty() || fields.get(field.name()).isPresent()) {
            return Optional.empty();
        }
        return switch (field.name()) {
            case "warnAfterDays", "criticalAfterDays", "includeFeatureFlags" ->
                Optional.of(preset.get().applyTo(nothing()).build().get(field.pos()));
            default -> Optional.empty();
        };
    }

    private static ProjectPolicy.Builder nothing() {
        return ProjectPolicy.newBuilder().setProject("any").setVersion(1).setEffectiveFrom(Instant.EPOCH);
    }

    /** Money written as people write it; empty when the field holds no money or none is given. */
    private static Optional<Object> money(Fields fields, Schema schema, Schema.Field field) throws Mismatch {
        if (!isMoney(fields, schema, field)) {
            return Optional.empty();
        }
        var plain = field.name().endsWith(MICROS)
                ? field.name().substring(0, field.name().length() - MICROS.length())
                : field.name();
        var amount = fields.get(plain);
        var micros = fields.get(plain + MICROS);
        if (amount.isPresent() && micros.isPresent()) {
            throw new Mismatch(plain + " and " + plain + MICROS + " are both given: keep one of them");
        }
        if (micros.isPresent()) {
            return Optional.of(Scalars.integer(micros.get(), Long.MIN_VALUE, Long.MAX_VALUE));
        }
        return amount.isPresent() ? Optional.of(Scalars.micros(amount.get())) : Optional.empty();
    }

    /** What a field without a default holds when it is left out; empty when it must not be. */
    Optional<Object> missing(Schema schema, Schema.Field field, List<Object> before) {
        return switch (field.name()) {
            case "version" -> Optional.of(1L);
            case "effectiveFrom" -> effectiveFrom(schema, before);
            default -> Optional.empty();
        };
    }

    private Optional<Object> effectiveFrom(Schema schema, List<Object> before) {
        if (schema.getFullName().equals(fullName(ExperimentDefinition.getClassSchema()))) {
            return Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }
        var version = before.get(schema.getField("version").pos());
        return Long.valueOf(1).equals(version) ? Optional.of(Instant.EPOCH) : Optional.empty();
    }

    private static boolean isMoney(Fields fields, Schema schema, Schema.Field field) throws Mismatch {
        if (!schema.getFullName().equals(fullName(Budget.getClassSchema()))) {
            return field.name().endsWith(MICROS);
        }
        var unit = fields.get("unit");
        return field.name().equals("amount")
                && (unit.isEmpty() || !Scalars.text(unit.get()).equalsIgnoreCase(BudgetUnit.IMPRESSIONS.name()));
    }

    private static String fullName(Schema schema) {
        return schema.getFullName();
    }
}
