package dev.afterglow.streams.progress;

import dev.afterglow.state.Progress;
import dev.afterglow.streams.readmodel.ReadModel;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What the settlement has to know of the read model. */
interface Served {

    /** Whether it has applied what there was when it started. */
    boolean ready();

    /** The progress rows that it has applied. */
    List<Progress> progress();

    /** Its position in every partition. */
    Map<TopicPartition, Long> applied();

    static Served of(ReadModel readModel) {
        return new Served() {
            @Override
            public boolean ready() {
                return readModel.ready();
            }

            @Override
            public List<Progress> progress() {
                try (var view = readModel.view()) {
                    return view.progress();
                }
            }

            @Override
            public Map<TopicPartition, Long> applied() {
                return readModel.applied();
            }
        };
    }
}
