package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcStatTest {

    @Test
    void addsUserAndSystemTime() {
        var line = "4711 (java) S 1 4711 4711 0 -1 4194304 100 200 0 0 1234 66 7 8 20 0 50 0 12345 1000 2000";

        assertThat(ProcStat.cpuSeconds(line)).isEqualTo(13.0);
    }

    @Test
    void readsANameWithBlanksAndParentheses() {
        var line = "4711 (a) b (c d) S 1 4711 4711 0 -1 4194304 100 200 0 0 50 50 7 8 20 0 50 0 12345 1000 2000";

        assertThat(ProcStat.cpuSeconds(line)).isEqualTo(1.0);
    }

    @Test
    void refusesWhatIsNoSuchLine() {
        assertThatThrownBy(() -> ProcStat.cpuSeconds("4711 (java) S 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/proc/PID/stat");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsThisProcess() {
        assertThat(ProcStat.cpuSeconds(ProcessHandle.current().pid()).orElseThrow())
                .isPositive();
    }
}
