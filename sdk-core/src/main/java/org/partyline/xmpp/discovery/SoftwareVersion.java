package org.partyline.xmpp.discovery;

import org.jspecify.annotations.Nullable;

/**
 * The software at an address, as it says itself (XEP-0092): foreign text.
 *
 * @param name the software's name, or null
 * @param version its version, or null
 * @param system the operating system, or null
 */
public record SoftwareVersion(
        @Nullable String name,
        @Nullable String version,
        @Nullable String system) {}
