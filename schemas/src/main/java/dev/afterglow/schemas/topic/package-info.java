/** Which topics there are, what they hold, how they are keyed and kept: the catalogue from which topics are made and checked. */
package dev.afterglow.schemas.topic;
