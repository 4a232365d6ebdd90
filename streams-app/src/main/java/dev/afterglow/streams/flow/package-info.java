/** What the stages have in common: where records go, how stores are made, how far time has come. */
package dev.afterglow.streams.flow;
