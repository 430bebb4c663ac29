package org.partyline.xmpp.internal.disco;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** The verification string of entity capabilities (XEP-0115 section 5), by SHA-1 as everybody sends it. */
final class CapsHash {
    private static final String FORMS = "jabber:x:data";

    private CapsHash() {}

    /**
     * {@return the {@code ver} of a disco#info answer, or null where section 5.4 says that the answer is ill-formed:
     * something in it stands twice}
     *
     * @param query the answer's query
     */
    static @Nullable String of(XmlElement query) {
        List<String> identities = new ArrayList<>();
        List<String> features = new ArrayList<>();
        TreeMap<String, String> forms = new TreeMap<>();
        for (XmlElement child : query.children()) {
            if (child.is(DiscoStanzas.INFO, "identity")) {
                identities.add(join(
                        child.attribute("category"),
                        child.attribute("type"),
                        child.attribute(XmlElement.XML_NAMESPACE, "lang"),
                        child.attribute("name")));
            } else if (child.is(DiscoStanzas.INFO, "feature")) {
                features.add(orEmpty(child.attribute("var")));
            } else if (child.is(FORMS, "x")) {
                String type = formType(child);
                if (type != null && forms.put(type, form(child, type)) != null) {
                    return null;
                }
            }
        }
        if (hasTwins(identities) || hasTwins(features)) {
            return null;
        }
        Collections.sort(identities);
        Collections.sort(features);
        StringBuilder text = new StringBuilder();
        identities.forEach(identity -> text.append(identity).append('<'));
        features.forEach(feature -> text.append(feature).append('<'));
        forms.values().forEach(text::append);
        return sha1(text.toString());
    }

    private static @Nullable String formType(XmlElement form) {
        for (XmlElement field : form.children()) {
            if ("FORM_TYPE".equals(field.attribute("var")) && "hidden".equals(field.attribute("type"))) {
                return orEmpty(field.childText("value"));
            }
        }
        return null;
    }

    private static String form(XmlElement form, String type) {
        TreeMap<String, String> fields = new TreeMap<>();
        for (XmlElement field : form.children()) {
            String var = field.attribute("var");
            if (var == null || var.equals("FORM_TYPE")) {
                continue;
            }
            List<String> values = new ArrayList<>();
            for (XmlElement value : field.children()) {
                if (value.is(FORMS, "value")) {
                    values.add(value.text());
                }
            }
            Collections.sort(values);
            StringBuilder text = new StringBuilder(var).append('<');
            values.forEach(value -> text.append(value).append('<'));
            fields.put(var, text.toString());
        }
        return type + '<' + String.join("", fields.values());
    }

    private static boolean hasTwins(List<String> texts) {
        Set<String> seen = new HashSet<>();
        return !texts.stream().allMatch(seen::add);
    }

    private static String join(@Nullable String... parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : "/").append(orEmpty(parts[i]));
        }
        return text.toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String sha1(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }
}
