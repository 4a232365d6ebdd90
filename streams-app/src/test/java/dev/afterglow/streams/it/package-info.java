/** The whole pipeline on a real broker and a real registry: what comes out, and what survives. */
package dev.afterglow.streams.it;
