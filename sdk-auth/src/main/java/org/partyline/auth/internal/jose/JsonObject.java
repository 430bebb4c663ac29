package org.partyline.auth.internal.jose;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of JSON, asked by name and type. Whatever is missing or of another type is a {@link JoseException}. */
public final class JsonObject {
    private static final int MAX_TEXT = 1024;
    private static final int MAX_ITEMS = 64;
    private static final Set<String> WEB = Set.of("https");

    private final Map<String, Object> members;

    JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /** {@return the names, in their order} */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /**
     * {@return whether there is such a member}
     *
     * @param name its name
     */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * {@return a text: not empty, at most 1,024 characters, without control characters and halves of characters}
     *
     * @param name its name
     * @throws JoseException if there is none
     */
    public String text(String name) throws JoseException {
        return text(name, members.get(name));
    }

    /**
     * {@return a text as for {@link #text}, or null if there is no such member}
     *
     * @param name its name
     * @throws JoseException if there is something else
     */
    public @Nullable String optionalText(String name) throws JoseException {
        return has(name) ? text(name) : null;
    }

    /**
     * {@return an address with scheme}
     *
     * @param name its name
     * @param schemes what the scheme may be
     * @throws JoseException if there is none
     */
    public URI uri(String name, Set<String> schemes) throws JoseException {
        try {
            URI uri = new URI(text(name));
            boolean complete = uri.isOpaque() || uri.getHost() != null;
            if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && complete) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through: the message would quote the token.
        }
        throw JoseException.claim(name);
    }

    /**
     * {@return an address by https}
     *
     * @param name its name
     * @throws JoseException if there is none
     */
    public URI web(String name) throws JoseException {
        return uri(name, WEB);
    }

    /**
     * {@return an integer within ±2^53; a number with fraction or exponent is none, nor is one in quotes}
     *
     * @param name its name
     * @throws JoseException if there is none
     */
    public long integer(String name) throws JoseException {
        if (members.get(name) instanceof Long number) {
            return number;
        }
        throw JoseException.claim(name);
    }

    /**
     * {@return an integer of 0 or more}
     *
     * @param name its name
     * @param most the greatest that it may be
     * @throws JoseException if there is none
     */
    public long count(String name, long most) throws JoseException {
        long number = integer(name);
        if (number < 0 || number > most) {
            throw JoseException.claim(name);
        }
        return number;
    }

    /**
     * {@return a date: seconds since 1970 (RFC 7519 section 2), as an integer}
     *
     * @param name its name
     * @throws JoseException if there is none
     */
    public Instant date(String name) throws JoseException {
        return Instant.ofEpochSecond(integer(name));
    }

    /**
     * {@return an object}
     *
     * @param name its name
     * @throws JoseException if there is none
     */
    public JsonObject object(String name) throws JoseException {
        if (members.get(name) instanceof JsonObject object) {
            return object;
        }
        throw JoseException.claim(name);
    }

    /**
     * {@return at most 64 texts as for {@link #text}}
     *
     * @param name their name
     * @throws JoseException if there is no list of texts
     */
    public List<String> texts(String name) throws JoseException {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name)) {
            texts.add(text(name, item));
        }
        return List.copyOf(texts);
    }

    /**
     * {@return at most 64 objects}
     *
     * @param name their name
     * @throws JoseException if there is no list of objects
     */
    public List<JsonObject> objects(String name) throws JoseException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof JsonObject object)) {
                throw JoseException.claim(name);
            }
            objects.add(object);
        }
        return List.copyOf(objects);
    }

    /**
     * {@return a long text of ASCII, such as a token within a bundle}
     *
     * @param name its name
     * @throws JoseException if there is none
     */
    public String token(String name) throws JoseException {
        if (members.get(name) instanceof String text && text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return text;
        }
        throw JoseException.claim(name);
    }

    private List<?> list(String name) throws JoseException {
        if (members.get(name) instanceof List<?> items && items.size() <= MAX_ITEMS) {
            return items;
        }
        throw JoseException.claim(name);
    }

    private static String text(String name, @Nullable Object value) throws JoseException {
        if (value instanceof String text
                && !text.isEmpty()
                && text.length() <= MAX_TEXT
                && text.codePoints().noneMatch(JsonObject::isUnsafe)) {
            return text;
        }
        throw JoseException.claim(name);
    }

    private static boolean isUnsafe(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
