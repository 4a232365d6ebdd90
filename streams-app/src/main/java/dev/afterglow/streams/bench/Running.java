package dev.afterglow.streams.bench;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A case under way.
 *
 * @param child its process
 * @param observer watches it
 * @param topics which topics are its own, to be measured and then deleted
 * @param groups which consumer groups are its own
 * @param check starts a process that checks the result once more, if there is one, while the case is still running
 */
record Running(
        ChildJvm child,
        Observer observer,
        Predicate<String> topics,
        Predicate<String> groups,
        Optional<Supplier<ChildJvm>> check) {

    /** Without another check. */
    Running(ChildJvm child, Observer observer, Predicate<String> topics, Predicate<String> groups) {
        this(child, observer, topics, groups, Optional.empty());
    }
}
