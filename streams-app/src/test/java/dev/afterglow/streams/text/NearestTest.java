package dev.afterglow.streams.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void findsTheNameThatWasMisspelt() {
        // when
        var nearest = Nearest.to("projcet", List.of("project", "experiment", "variant"));

        // then
        assertThat(nearest).contains("project");
    }

    @Test
    void ignoresCase() {
        assertThat(Nearest.to("OWNERTEAM", List.of("owner", "ownerTeam"))).contains("ownerTeam");
    }

    @Test
    void suggestsNothingWhenNothingIsNear() {
        assertThat(Nearest.to("colour", List.of("project", "experiment"))).isEmpty();
    }

    @Test
    void listsWhatIsKnownWhenNothingIsNear() {
        assertThat(Nearest.hint("colour", List.of("project", "experiment")))
                .isEqualTo(": known are project, experiment");
    }
}
