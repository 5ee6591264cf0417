package dev.battlestream.judge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the judge. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class JudgeService {

    /** Runs until the process is told to end. */
    public static void main(String[] args) {
        SpringApplication.run(JudgeService.class, args);
    }
}
