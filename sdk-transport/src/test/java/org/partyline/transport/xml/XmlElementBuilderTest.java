package org.partyline.transport.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class XmlElementBuilderTest {
    private final XmlElement.Builder builder = XmlElement.builder("urn:example", "a");

    @Test
    void anAttributeSetTwice_hasTheLaterValue_andNullTakesItAway() {
        XmlElement element = builder.attribute("first", "1")
                .attribute("second", "2")
                .attribute("third", "3")
                .attribute("first", "one")
                .attribute("second", null)
                .build();
        assertEquals(2, element.attributeCount());
        assertEquals("one", element.attribute("first"));
        assertNull(element.attribute("second"));
        assertEquals("3", element.attribute("third"));
    }

    @Test
    void manyAttributesAndChildren_areAllKeptInOrder() {
        for (int i = 0; i < 50; i++) {
            builder.attribute("n" + i, "v" + i).child(XmlElement.of("urn:example", "c" + i));
        }
        XmlElement element = builder.build();
        for (int i = 0; i < 50; i++) {
            assertEquals("n" + i, element.attributeName(i));
            assertEquals("v" + i, element.attributeValue(i));
            assertEquals("c" + i, element.children().get(i).name());
        }
    }

    @Test
    void whatIsBuilt_doesNotChangeWithItsBuilder() {
        XmlElement before = builder.attribute("n", "1").text("x").build();
        XmlElement after = before.toBuilder().attribute("n", "2").text("y").build();
        builder.attribute("n", "3").text("z");
        assertEquals("1", before.attribute("n"));
        assertEquals("x", before.text());
        assertEquals("2", after.attribute("n"));
        assertEquals("xy", after.text());
    }

    @Test
    void names_areCheckedBeyondAscii() {
        XmlElement element = builder.attribute("\u00e9t\u00e9", "1").build();
        assertEquals("1", element.attribute("\u00e9t\u00e9"));
        for (String wrong : new String[] {"", "1a", "-a", "a b", "a:b", "a\u00d7", "\u0301a"}) {
            assertThrows(IllegalArgumentException.class, () -> builder.attribute(wrong, "1"), wrong);
        }
    }
}
