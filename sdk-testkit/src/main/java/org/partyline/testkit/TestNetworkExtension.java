package org.partyline.testkit;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a JUnit 5 test a network of its own, and closes it after the test. Parameters of type {@link TestNetwork} get the
 * network, parameters of type {@link TestAccount} an account, named by {@link Username}.
 *
 * <pre>{@code
 * @ExtendWith(TestNetworkExtension.class)
 * class GreeterTest {
 *     @Test
 *     void greets(TestNetwork network, @Username("juliet") TestAccount juliet) { … }
 * }
 * }</pre>
 *
 * With other settings: {@code @RegisterExtension final TestNetworkExtension network =
 * TestNetworkExtension.with(settings -> settings.streamManagement(false));}. A network that a constructor or
 * {@code @BeforeAll} method asks for belongs to the class, and its tests share it. JUnit 5.13 or later closes it.
 */
public final class TestNetworkExtension implements ParameterResolver {
    private final UnaryOperator<TestNetworkBuilder> settings;

    /** Makes an extension that starts networks with the defaults. */
    public TestNetworkExtension() {
        this(UnaryOperator.identity());
    }

    private TestNetworkExtension(UnaryOperator<TestNetworkBuilder> settings) {
        this.settings = settings;
    }

    /**
     * {@return an extension that starts networks with other settings than the defaults}
     *
     * @param settings changes the builder that it is given
     */
    public static TestNetworkExtension with(UnaryOperator<TestNetworkBuilder> settings) {
        return new TestNetworkExtension(Objects.requireNonNull(settings, "settings"));
    }

    /**
     * {@return whether it is a network, or an account with a name}
     *
     * @param parameter the parameter
     * @param context the test
     */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestNetwork.class || (type == TestAccount.class && parameter.isAnnotated(Username.class));
    }

    /**
     * {@return the test's network, started now if it is not running, or an account of it}
     *
     * @param parameter the parameter
     * @param context the test
     */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestNetwork network = network(context);
        return parameter
                .findAnnotation(Username.class)
                .<Object>map(username -> network.account(username.value()))
                .orElse(network);
    }

    private TestNetwork network(ExtensionContext context) {
        // The store closes what it holds when the test, or the class, is over.
        return context.getStore(Namespace.create(TestNetworkExtension.class))
                .getOrComputeIfAbsent(
                        TestNetwork.class,
                        key -> settings.apply(TestNetwork.builder()).start(),
                        TestNetwork.class);
    }
}
