package dev.afterglow.streams.progress;

import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static dev.afterglow.streams.readmodel.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final Stages stages = new Stages(Map.of("impressions", 2, "cost", 1));

    @Test
    void isAsFarAsTheSlowestPartition() {
        var rows = List.of(
                progress("impressions", 0, HOUR.plusSeconds(5)),
                progress("impressions", 1, HOUR),
                progress("cost", 0, HOUR.plusSeconds(9)));
        assertThat(stages.watermark(rows)).contains(HOUR);
    }

    @Test
    void knowsNothingWhileAPartitionHasNotReported() {
        var rows = List.of(progress("impressions", 0, HOUR), progress("cost", 0, HOUR));
        assertThat(stages.watermark(rows)).isEmpty();
    }

    @Test
    void paysNoHeedToOthers() {
        var rows = List.of(
                progress("impressions", 0, HOUR),
                progress("impressions", 1, HOUR),
                progress("impressions", 2, HOUR.minusSeconds(99)),
                progress("served/a", -1, HOUR.minusSeconds(99)),
                progress("cost", 0, HOUR));
        assertThat(stages.watermark(rows)).contains(HOUR);
    }
}
