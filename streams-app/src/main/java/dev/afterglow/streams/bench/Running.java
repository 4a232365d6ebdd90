package dev.afterglow.streams.bench;

import java.util.function.Predicate;

/**
 * A case under way.
 *
 * @param child its process
 * @param observer watches it
 * @param topics which topics are its own, to be measured and then deleted
 * @param groups which consumer groups are its own
 */
record Running(ChildJvm child, Observer observer, Predicate<String> topics, Predicate<String> groups) {}
