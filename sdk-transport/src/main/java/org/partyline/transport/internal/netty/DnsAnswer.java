package org.partyline.transport.internal.netty;

import java.util.List;

/**
 * What the name servers said with authority about a name and a type.
 *
 * @param nameExists false where the name itself does not exist (NXDOMAIN)
 * @param records the record data, at most 32; empty where there is none of this type
 */
record DnsAnswer(boolean nameExists, List<byte[]> records) {}
