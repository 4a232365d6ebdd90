package dev.afterglow.streams.dedupe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds an id among all sealed parts, asking the newest first. */
final class SealedIndex {

    /** Of 25 hours, four groups are asked and the few parts behind none. */
    private static final int GROUP = 6;
    /** The filter of a group is made on the heap: 25 MB. */
    private static final int MAX_GROUPED_IDS = 1 << 24;

    private final Spill spill;
    // The oldest first, and all of them older than the loose parts or of the same hour.
    private final List<PartGroup> groups = new ArrayList<>();
    private PartGroup[] groupsNewestFirst = {};
    private SealedPart[] loose = {};

    SealedIndex(Spill spill) {
        this.spill = spill;
    }

    /**
     * Takes the parts that there are now. Those of hours before {@code now} will not change any more but be freed.
     *
     * @param oldestFirst all of them
     */
    void take(List<SealedPart> oldestFirst, int now) {
        Set<SealedPart> ungrouped = new HashSet<>(oldestFirst);
        for (PartGroup group : List.copyOf(groups)) {
            if (!group.keep(Set.copyOf(oldestFirst))) {
                group.free();
                groups.remove(group);
            } else {
                group.parts().forEach(ungrouped::remove);
            }
        }
        var rest =
                new ArrayList<>(oldestFirst.stream().filter(ungrouped::contains).toList());
        // Before the attempt to group, which may find the disk full: what was freed must be out of sight.
        show(rest);
        while (rest.size() >= GROUP && isWorthAGroup(rest.subList(0, GROUP), now)) {
            var members = new ArrayList<>(rest.subList(0, GROUP));
            Collections.reverse(members);
            groups.add(spill.group(members));
            rest.subList(0, GROUP).clear();
            show(rest);
        }
    }

    private static boolean isWorthAGroup(List<SealedPart> parts, int now) {
        return parts.stream().allMatch(part -> part.hour < now)
                && parts.stream().mapToLong(SealedPart::size).sum() <= MAX_GROUPED_IDS;
    }

    private void show(List<SealedPart> rest) {
        var newestFirst = new ArrayList<>(rest);
        Collections.reverse(newestFirst);
        loose = newestFirst.toArray(SealedPart[]::new);
        groupsNewestFirst = groups.stream()
                .sorted(Comparator.comparingInt(PartGroup::newestHour).reversed())
                .toArray(PartGroup[]::new);
    }

    long find(long id, long hash, int oldest) {
        long mask = Hashing.mask(hash);
        long found = PartGroup.findIn(loose, id, hash, mask, oldest);
        for (int at = 0; at < groupsNewestFirst.length && found == OpenTable.ABSENT; at++) {
            var group = groupsNewestFirst[at];
            if (group.newestHour() < oldest) {
                break;
            }
            found = group.find(id, hash, mask, oldest);
        }
        return found;
    }

    long bytes() {
        return groups.stream().mapToLong(PartGroup::bytes).sum();
    }
}
