package org.partyline.address;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes an address so that it reads in order and shows what it hides. See {@link Jid#displayForm()}. */
final class DisplayForm {
    private static final char LEFT_TO_RIGHT_ISOLATE = '\u2066';
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';
    private static final int BLANK_BRAILLE = 0x2800;
    private static final int MARKS_ON_ONE_LETTER = 4;

    /** Scripts that are written together (UTS #39 section 5.2, "highly restrictive"). */
    private static final Set<Set<UnicodeScript>> WRITTEN_TOGETHER = Set.of(
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private DisplayForm() {}

    static String of(@Nullable String local, String domain, @Nullable String resource) {
        StringBuilder out = new StringBuilder();
        if (local != null) {
            out.append(part(local, ".")).append('@');
        }
        out.append(part(domain, "."));
        if (resource != null) {
            out.append('/').append(part(resource, " "));
        }
        return isAscii(out) ? out.toString() : LEFT_TO_RIGHT_ISOLATE + out.toString() + POP_ISOLATE;
    }

    private static String part(String part, String separator) {
        StringBuilder shown = new StringBuilder();
        int start = 0;
        for (int end = part.indexOf(separator); end >= 0; end = part.indexOf(separator, start)) {
            word(shown, part.substring(start, end));
            shown.append(separator);
            start = end + separator.length();
        }
        word(shown, part.substring(start));
        return isAscii(shown) ? shown.toString() : FIRST_STRONG_ISOLATE + shown.toString() + POP_ISOLATE;
    }

    private static boolean isAscii(CharSequence text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static void word(StringBuilder out, String word) {
        UnicodeScript home = home(word);
        int marks = 0;
        for (int i = 0; i < word.length(); ) {
            int c = word.codePointAt(i);
            i += Character.charCount(c);
            marks = CodePoints.isMark(c) ? marks + 1 : 0;
            boolean foreign = home != null && isLetter(c) && UnicodeScript.of(c) != home;
            if (foreign || CodePoints.isInvisible(c) || c == BLANK_BRAILLE || marks > MARKS_ON_ONE_LETTER) {
                out.append('<').append(CodePoints.name(c)).append('>');
            } else {
                out.appendCodePoint(c);
            }
        }
    }

    /** {@return of a word in scripts that are not written together, the one whose letters are shown; otherwise null} */
    private static @Nullable UnicodeScript home(String word) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        word.codePoints()
                .filter(DisplayForm::isLetter)
                .mapToObj(UnicodeScript::of)
                .forEach(scripts::add);
        if (scripts.size() < 2 || WRITTEN_TOGETHER.stream().anyMatch(all -> all.containsAll(scripts))) {
            return null;
        }
        return scripts.contains(UnicodeScript.LATIN)
                ? UnicodeScript.LATIN
                : UnicodeScript.of(word.codePoints()
                        .filter(DisplayForm::isLetter)
                        .findFirst()
                        .orElseThrow());
    }

    /** {@return whether it says of which script a word is; what many scripts share does not} */
    private static boolean isLetter(int codePoint) {
        UnicodeScript script = UnicodeScript.of(codePoint);
        return script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED && script != UnicodeScript.UNKNOWN;
    }
}
