package org.partyline.auth.license;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;

/**
 * How much a license, or a tier of a network, allows. What is not said is the tier's own in the network's policy; it never
 * means that there is no bound.
 *
 * @param messagesPerSecond messages a second, in the long run
 * @param messageBurst messages at once
 * @param bytesPerSecond bytes a second, in the long run
 * @param stanzaBytes bytes of one stanza
 * @param sessionsPerUser sessions of one user at a time
 * @param sessionsTotal sessions of all users at a time
 * @param usersPer30Days users within 30 days
 * @param loginsPerMinute sign-ins a minute, of all users
 */
public record Quota(
        OptionalLong messagesPerSecond,
        OptionalLong messageBurst,
        OptionalLong bytesPerSecond,
        OptionalLong stanzaBytes,
        OptionalLong sessionsPerUser,
        OptionalLong sessionsTotal,
        OptionalLong usersPer30Days,
        OptionalLong loginsPerMinute) {

    /** Says nothing. */
    public static final Quota UNSAID = of(Map.of());

    private static final long LARGEST = 1L << 53;

    /**
     * {@return a quota of the names that tokens have}
     *
     * @param numbers of {@code msg_s}, {@code msg_burst}, {@code bytes_s}, {@code stanza_bytes}, {@code sess_user},
     *     {@code sess_total}, {@code users_30d} and {@code login_min}; other names are left out
     */
    public static Quota of(Map<String, Long> numbers) {
        return new Quota(
                number(numbers, "msg_s"),
                number(numbers, "msg_burst"),
                number(numbers, "bytes_s"),
                number(numbers, "stanza_bytes"),
                number(numbers, "sess_user"),
                number(numbers, "sess_total"),
                number(numbers, "users_30d"),
                number(numbers, "login_min"));
    }

    private static OptionalLong number(Map<String, Long> numbers, String name) {
        Long number = numbers.get(name);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    static Quota read(JsonObject object) throws JoseException {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (String name : object.names()) {
            numbers.put(name, object.count(name, LARGEST));
        }
        return of(numbers);
    }

    /** {@return what is said, by the names that tokens have} */
    public Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        messagesPerSecond.ifPresent(number -> numbers.put("msg_s", number));
        messageBurst.ifPresent(number -> numbers.put("msg_burst", number));
        bytesPerSecond.ifPresent(number -> numbers.put("bytes_s", number));
        stanzaBytes.ifPresent(number -> numbers.put("stanza_bytes", number));
        sessionsPerUser.ifPresent(number -> numbers.put("sess_user", number));
        sessionsTotal.ifPresent(number -> numbers.put("sess_total", number));
        usersPer30Days.ifPresent(number -> numbers.put("users_30d", number));
        loginsPerMinute.ifPresent(number -> numbers.put("login_min", number));
        return numbers;
    }

    /**
     * {@return this quota, and another's numbers where this one says nothing}
     *
     * @param other the other, of a tier say
     */
    public Quota orElse(Quota other) {
        Map<String, Long> both = new LinkedHashMap<>(other.numbers());
        both.putAll(numbers());
        return of(both);
    }
}
