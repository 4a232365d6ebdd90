/** What integration tests share: one real broker and one real registry for all of them. */
package dev.afterglow.streams.testkit;
