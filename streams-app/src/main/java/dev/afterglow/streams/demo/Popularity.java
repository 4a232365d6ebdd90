package dev.afterglow.streams.demo;

import java.util.List;
import java.util.SplittableRandom;

/** Picks members in proportion to their shares. */
final class Popularity {

    private final List<FleetMember> members;
    private final int[] upTo;

    Popularity(List<FleetMember> members) {
        this.members = List.copyOf(members);
        this.upTo = new int[members.size()];
        var sum = 0;
        for (var index = 0; index < upTo.length; index++) {
            sum = Math.addExact(sum, members.get(index).share());
            upTo[index] = sum;
        }
    }

    FleetMember pick(SplittableRandom random) {
        var point = random.nextInt(upTo[upTo.length - 1]);
        var index = 0;
        while (upTo[index] <= point) {
            index++;
        }
        return members.get(index);
    }
}
