/**
 * What tests share: one real broker and one real registry for the integration tests; a driver, serdes, fakes and records
 * for the tests of the topologies.
 */
package dev.afterglow.streams.testkit;
