package dev.orrery.monitoring.window;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/// Keeps all state stores of this process together within a few megabytes of native memory: one block cache, and
/// memtables that are charged to it.
public class SmallRocks implements RocksDBConfigSetter {

    private static final long CACHE = 16L << 20;
    private static final long MEMTABLES = 8L << 20;
    private static final long MEMTABLE = 1L << 20;

    private static final class Shared {
        static final Cache CACHE_OF_ALL = new LRUCache(CACHE);
        static final WriteBufferManager MEMTABLES_OF_ALL = new WriteBufferManager(MEMTABLES, CACHE_OF_ALL);
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE_OF_ALL);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.MEMTABLES_OF_ALL);
        options.setWriteBufferSize(MEMTABLE);
        options.setMaxWriteBufferNumber(2);
        options.setKeepLogFileNum(2);
        options.setMaxLogFileSize(MEMTABLE);
    }

    /// What is shared lives as long as the process.
    @Override
    public void close(String store, Options options) {}
}
