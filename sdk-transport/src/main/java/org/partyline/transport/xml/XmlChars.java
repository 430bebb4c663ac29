package org.partyline.transport.xml;

import javax.xml.XMLConstants;

/** Which characters and names XML 1.0 allows (sections 2.2 and 2.3). */
final class XmlChars {
    private XmlChars() {}

    /** {@return whether XML 1.0 section 2.2 allows this code point} */
    static boolean isAllowed(int c) {
        return c < 0x20
                ? c == '\t' || c == '\n' || c == '\r'
                : c < Character.MIN_SURROGATE
                        || (c > Character.MAX_SURROGATE && c < 0xFFFE)
                        || (c > 0xFFFF && c <= Character.MAX_CODE_POINT);
    }

    static String requireText(String what, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0xD800) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (c < 0xE000 || c >= 0xFFFE) {
                    throw new IllegalArgumentException(what + " holds a character that XML does not allow: U+"
                            + String.format("%04X", (int) c) + " at " + i);
                }
            }
        }
        return text;
    }

    static String requireNamespace(String namespace) {
        if (namespace.equals(XMLConstants.XMLNS_ATTRIBUTE_NS_URI)) {
            throw new IllegalArgumentException("the namespace of declarations holds no elements or attributes");
        }
        return requireText("namespace", namespace);
    }

    static String requireName(String name) {
        return isPlainName(name) ? name : requireAnyName(name);
    }

    /** {@return whether it is a name in ASCII, as nearly every one is} */
    private static boolean isPlainName(String name) {
        int length = name.length();
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c >= 0x80 || ByteKinds.is((byte) c, ByteKinds.NAME_STOP)) {
                return false;
            }
        }
        return length > 0 && ByteKinds.is((byte) name.charAt(0), ByteKinds.NAME_START);
    }

    private static String requireAnyName(String name) {
        boolean legal = !name.isEmpty() && isNameStart(name.codePointAt(0));
        for (int i = 0; legal && i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            legal = isNamePart(name.codePointAt(i));
        }
        if (!legal) {
            throw new IllegalArgumentException("not an XML local name: " + name);
        }
        return name;
    }

    /**
     * What names may begin with is what the parsers of all sides take: the tables of XML 1.0 up to its fourth edition. The
     * fifth allows much more, and a stream that holds such a name ends at most servers, as it would here.
     */
    static boolean isNameStart(int c) {
        return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' : NameCharacters.isStart(c);
    }

    static boolean isNamePart(int c) {
        return c < 0x80 ? isNameStart(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') : NameCharacters.isPart(c);
    }
}
