package dev.battlestream.effects;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the native memory of all stores of a process, whatever their number: 64 MB for
 * blocks, indexes and filters, of which write buffers may take 32 MB. Without it every store of
 * every partition may take more than 90 MB of its own.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long MEGABYTE = 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    // Shared by all stores and therefore never closed.
    private static final Cache CACHE = new LRUCache(64 * MEGABYTE, -1, false, 0.1);
    private static final WriteBufferManager WRITE_BUFFERS =
            new WriteBufferManager(32 * MEGABYTE, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE)
                    .setCacheIndexAndFilterBlocks(true)
                    .setCacheIndexAndFilterBlocksWithHighPriority(true)
                    .setPinTopLevelIndexAndFilter(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(WRITE_BUFFERS)
                .setWriteBufferSize(4 * MEGABYTE)
                .setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {}
}
