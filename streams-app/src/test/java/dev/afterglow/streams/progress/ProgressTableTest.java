package dev.afterglow.streams.progress;

import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.state.Progress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressTableTest {

    private static final Instant ARRIVAL = HOUR;
    private static final Instant AFTER = HOUR.plusSeconds(1);
    private static final Instant NOW = HOUR.plusSeconds(60);

    private final ProgressTable table = new ProgressTable(new Stages(Map.of("cost", 1)));

    @BeforeEach
    void settle() {
        put("cost", 0, AFTER, NOW);
        put("served/a", -1, AFTER, NOW);
    }

    @Test
    void hasSettledWhenStagesAndInstancesAreBeyondTheArrival() {
        assertThat(table.hasSettled(ARRIVAL, NOW)).isTrue();
    }

    @Test
    void hasNotSettledWhileAStageIsBehind() {
        put("cost", 0, ARRIVAL, NOW);
        assertThat(table.hasSettled(ARRIVAL, NOW)).isFalse();
    }

    @Test
    void waitsForEveryInstance() {
        put("served/b", -1, ARRIVAL, NOW);
        assertThat(table.hasSettled(ARRIVAL, NOW)).isFalse();
    }

    @Test
    void waitsForNoInstanceThatIsGone() {
        put("served/b", -1, ARRIVAL, NOW.minus(ProgressTable.HEARD_WITHIN));
        assertThat(table.hasSettled(ARRIVAL, NOW)).isTrue();
    }

    @Test
    void waitsForNoInstanceThatHasSignedOff() {
        put("served/b", -1, ARRIVAL, NOW);
        table.put("served/b/-1", null);
        assertThat(table.hasSettled(ARRIVAL, NOW)).isTrue();
    }

    @Test
    void hasNotSettledWhileNobodyServes() {
        table.put("served/a/-1", null);
        assertThat(table.hasSettled(ARRIVAL, NOW)).isFalse();
    }

    private void put(String stage, int partition, Instant watermark, Instant asOf) {
        table.put(Stages.key(stage, partition), new Progress(stage, partition, watermark, asOf, null));
    }
}
