package org.partyline.examples.operator.book;

/**
 * That one of two persons agreed to terms.
 *
 * @param by who
 * @param terms to what
 */
public record Approval(Actor by, Terms terms) {}
