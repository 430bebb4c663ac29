/** Two people meet, chat, and lose and regain a connection, on a network inside this process. */
@NullMarked
package org.partyline.examples.demo;

import org.jspecify.annotations.NullMarked;
