package org.partyline.internal.events;

import org.jspecify.annotations.Nullable;

/**
 * What stands between a source and a subscriber: filters and mappers, folded into one function.
 *
 * @param <E> what the source emits
 * @param <T> what the subscriber gets
 */
@FunctionalInterface
interface Stage<E, T> {
    /** {@return what the subscriber gets for an event, or null if it gets nothing} */
    @Nullable
    T apply(E event);
}
