/** Keeps invented names in check: how many experiments without a definition, and how many variants, may count. */
package dev.afterglow.streams.floods;
