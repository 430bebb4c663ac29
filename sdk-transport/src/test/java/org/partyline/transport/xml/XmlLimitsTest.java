package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XmlLimitsTest {
    static List<RecordComponent> settings() {
        return List.of(XmlLimits.class.getRecordComponents());
    }

    /** The default limits, but for one. */
    private static XmlLimits with(RecordComponent changed, int value) throws ReflectiveOperationException {
        RecordComponent[] all = XmlLimits.class.getRecordComponents();
        Class<?>[] types = new Class<?>[all.length];
        Object[] values = new Object[all.length];
        for (int i = 0; i < all.length; i++) {
            types[i] = all[i].getType();
            values[i] = all[i].getName().equals(changed.getName())
                    ? (Object) value
                    : all[i].getAccessor().invoke(XmlLimits.DEFAULT);
        }
        return XmlLimits.class.getDeclaredConstructor(types).newInstance(values);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void limitOutOfItsRange_isRefusedByName(RecordComponent setting) throws ReflectiveOperationException {
        boolean stanza = setting.getName().equals("stanzaBytes");
        assertEquals(stanza ? 10_000 : 1, setting.getAccessor().invoke(with(setting, stanza ? 10_000 : 1)));
        for (int illegal : new int[] {stanza ? 9_999 : 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            InvocationTargetException thrown =
                    assertThrows(InvocationTargetException.class, () -> with(setting, illegal));
            IllegalArgumentException refused = assertInstanceOf(IllegalArgumentException.class, thrown.getCause());
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.startsWith(setting.getName() + " must be between "), message);
            assertTrue(message.endsWith(": " + illegal), message);
        }
    }
}
