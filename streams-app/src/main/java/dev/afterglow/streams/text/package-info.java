/** Words for people: what is wrong with an input, and what may have been meant. */
package dev.afterglow.streams.text;
