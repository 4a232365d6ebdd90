package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.demo.FleetMember.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {

    private static final long SEED = 7;
    private final Fleet fleet = Fleet.at(Records.NOW);

    @Test
    void givesTheSameRecordsForTheSameSeed() {
        // given
        var one = new TrafficGenerator(fleet, SEED, 5_000);
        var other = new TrafficGenerator(Fleet.at(Records.NOW), SEED, 5_000);

        // when
        var records = Records.all(one);
        var again = Records.all(other);

        // then
        assertThat(content(again)).isEqualTo(content(records));
    }

    @Test
    void givesOtherRecordsForAnotherSeed() {
        // given
        var one = Records.all(new TrafficGenerator(fleet, SEED, 1_000));
        var other = Records.all(new TrafficGenerator(fleet, SEED + 1, 1_000));

        // then
        assertThat(variants(other)).isNotEqualTo(variants(one));
    }

    @Test
    void meetsEveryFateInASmallRunAlready() {
        // given
        var traffic = new TrafficGenerator(fleet, SEED, 2_000);

        // when
        var fates = Records.all(traffic).stream().map(GeneratedRecord::fate).collect(Collectors.toSet());

        // then
        assertThat(fates).isEqualTo(EnumSet.allOf(Fate.class));
    }

    @Test
    void sendsAsManyValidEventsAsAskedFor() {
        // given
        var traffic = new TrafficGenerator(fleet, SEED, 4_321);

        // when
        var valid = Records.all(traffic).stream()
                .filter(generated -> generated.fate() == Fate.COUNTED || generated.fate() == Fate.EXCLUDED)
                .count();

        // then
        assertThat(valid).isEqualTo(4_321);
    }

    @Test
    void sendsNothingNewForACleanedExperimentAfterTheCleanUp() {
        // given
        var cleaned = fleet.members().stream()
                .filter(member -> member.role() == Role.CLEANED)
                .map(member -> member.key().experiment())
                .findFirst()
                .orElseThrow();
        var after = new ArrayList<GeneratedRecord>();

        // when
        new TrafficGenerator(fleet, SEED, 20_000).secondPart(after::add);

        // then
        assertThat(after)
                .filteredOn(generated -> generated.fate() == Fate.COUNTED)
                .noneMatch(generated -> generated.event().getExperiment().equals(cleaned));
    }

    @Test
    void repeatsSomeEventsOfTheFirstPartInTheSecond() {
        // given
        var traffic = new TrafficGenerator(fleet, SEED, 20_000);
        var ids = new HashSet<String>();
        traffic.firstPart(generated -> {
            if (generated.fate() == Fate.COUNTED) {
                ids.add(generated.event().getId());
            }
        });
        var across = new ArrayList<String>();

        // when
        traffic.secondPart(generated -> {
            if (generated.fate() == Fate.DUPLICATE
                    && ids.contains(generated.event().getId())) {
                across.add(generated.event().getId());
            }
        });

        // then
        assertThat(across).isNotEmpty();
    }

    @Test
    void usesSomeIdsInBothProjects() {
        // given
        var records = Records.all(new TrafficGenerator(fleet, SEED, 5_000));

        // when
        var shop = ids(records, Fleet.SHOP);
        var shared = ids(records, Fleet.BAZAAR);
        shared.retainAll(shop);

        // then
        assertThat(shared).isNotEmpty();
    }

    @Test
    void damagesTheBytesOfAnEventOnItsWay() {
        // given
        var event =
                new TrafficGenerator(fleet, SEED, 1_000).live(1, Records.NOW).event();
        var truncated = GeneratedRecord.damaged(event, GeneratedRecord.Damage.TRUNCATED);
        var trailing = GeneratedRecord.damaged(event, GeneratedRecord.Damage.TRAILING);

        // then
        assertThat(truncated.value(any -> new byte[10])).hasSize(5);
        assertThat(trailing.value(any -> new byte[10])).hasSize(11);
    }

    @Test
    void refusesFewerEventsThanTheFleetNeeds() {
        assertThatThrownBy(() -> new TrafficGenerator(fleet, SEED, 999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--events 999")
                .hasMessageContaining("1000 or more");
    }

    private static List<List<Object>> content(List<GeneratedRecord> records) {
        return records.stream()
                .map(generated -> List.<Object>of(
                        generated.key(),
                        Optional.ofNullable(generated.event()),
                        Arrays.toString(generated.raw()),
                        generated.damage(),
                        generated.fate()))
                .toList();
    }

    private static HashSet<String> ids(List<GeneratedRecord> records, String project) {
        return records.stream()
                .filter(generated -> generated.fate() == Fate.COUNTED)
                .filter(generated -> generated.event().getProject().equals(project))
                .map(generated -> generated.event().getId())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> variants(List<GeneratedRecord> records) {
        return records.stream()
                .filter(generated -> generated.event() != null)
                .map(generated -> generated.event().getVariant())
                .toList();
    }
}
