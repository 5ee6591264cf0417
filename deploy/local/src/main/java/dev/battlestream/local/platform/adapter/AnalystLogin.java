package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Ports;
import dev.battlestream.testkit.PostgresProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The login of analysts on this machine: reads the archive's views and nothing else. */
public final class AnalystLogin {

    /** The environment variable with its password. */
    public static final String PASSWORD_SETTING = "BATTLESTREAM_ANALYST_PASSWORD";

    /** Its name. */
    public static final String USER = "analyst";

    /** The database that the archive lies in. */
    public static final String DATABASE = Launcher.SERVICES_DATABASE;

    private static final String SCRIPT = "/analyst.sql";
    private static final String DEFAULT_PASSWORD = "analyst";

    private AnalystLogin() {}

    /** The password that the environment names, else that of the local defaults. */
    public static String password(Map<String, String> environment) {
        String named = environment.getOrDefault(PASSWORD_SETTING, "");
        return named.isBlank() ? DEFAULT_PASSWORD : named;
    }

    /** The JDBC address of the archive. */
    public static String url(Ports ports) {
        return ports.jdbcUrl(DATABASE);
    }

    /** What a person needs to connect, as {@code psql} takes it. */
    public static String door(Ports ports) {
        String address = url(ports);
        String port = address.substring(address.lastIndexOf(':') + 1, address.lastIndexOf('/'));
        return "host=127.0.0.1 port=%s dbname=%s user=%s".formatted(port, DATABASE, USER);
    }

    /**
     * Makes the login with the environment's password, or gives it that password.
     *
     * @throws PlatformException if the server refuses
     */
    static void ensure(Ports ports, Map<String, String> environment) {
        try (Connection connection =
                        DriverManager.getConnection(
                                url(ports), PostgresProcess.USER, PostgresProcess.PASSWORD);
                PreparedStatement password =
                        connection.prepareStatement(
                                "SELECT set_config('battlestream.analyst_password', ?, false)");
                Statement script = connection.createStatement()) {
            // A setting of the session: a password in a statement could end in a log.
            password.setString(1, password(environment));
            password.execute();
            script.execute(script());
        } catch (SQLException e) {
            throw new PlatformException(
                    "The login of analysts cannot be made: " + e.getMessage(), e);
        }
    }

    private static String script() {
        try (InputStream script = AnalystLogin.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException(SCRIPT + " is missing from the program");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(SCRIPT + " cannot be read", e);
        }
    }
}
