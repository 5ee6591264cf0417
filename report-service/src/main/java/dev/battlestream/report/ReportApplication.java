package dev.battlestream.report;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the report service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ReportApplication {

    /** Settings come from application.yml, the environment and the arguments. */
    public static void main(String[] args) {
        SpringApplication.run(ReportApplication.class, args);
    }
}
