/**
 * The versions that every schema has had, kept as resources: what old state is read with, and what a change of a schema
 * is held against before it is released.
 */
package dev.afterglow.schemas.history;
