package dev.battlestream.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway. */
@SpringBootApplication
public class GatewayApplication {

    /** Runs until the process is asked to end. */
    public static void main(String[] args) {
        SpringApplication.run(GatewayApplication.class, args);
    }
}
