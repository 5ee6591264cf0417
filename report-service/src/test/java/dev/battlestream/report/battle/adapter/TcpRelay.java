package dev.battlestream.report.battle.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Another port for a server, which refuses every connection until it is opened. */
final class TcpRelay implements AutoCloseable {

    // Bound and not listened on: refuses connections, and nobody else can take the port.
    private final Socket reserved = new Socket();
    private final ServerSocket listening = new ServerSocket();
    private final int port;
    private final int target;

    TcpRelay(int target) throws IOException {
        reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.port = reserved.getLocalPort();
        this.target = target;
    }

    int port() {
        return port;
    }

    /** Lets connections through. */
    void open() throws IOException {
        reserved.close();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> copy(client, server));
                Thread.ofVirtual().start(() -> copy(server, client));
            } catch (IOException e) {
                // Closed, or the server is gone: the next connection shows.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side went away; the other is closed with it.
        }
    }

    @Override
    public void close() throws IOException {
        reserved.close();
        listening.close();
    }
}
