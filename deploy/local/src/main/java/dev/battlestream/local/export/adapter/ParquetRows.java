package dev.battlestream.local.export.adapter;

import dev.battlestream.local.export.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Apache Parquet, compressed with gzip, in row groups that are small enough for the command line's
 * heap. Hadoop's classes stand in signatures only: they are there to compile and not at run time
 * (decision 0016).
 */
final class ParquetRows implements RowWriter {

    private static final long ROW_GROUP_BYTES = 8L * 1024 * 1024;
    private static final int PAGE_BYTES = 256 * 1024;

    /** How often the sizes are looked at: a row may be some hundred kilobytes. */
    private static final int MOST_ROWS_UNSEEN = 50;

    private static final String LIST = "list";
    private static final String ELEMENT = "element";

    private final ParquetWriter<@Nullable Object[]> writer;

    ParquetRows(List<Column> columns, OutputStream out) throws IOException {
        this.writer =
                new Builder(new Target(out), columns)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new GzipCodec())
                        .withCompressionCodec(CompressionCodecName.GZIP)
                        .withRowGroupSize(ROW_GROUP_BYTES)
                        .withPageSize(PAGE_BYTES)
                        .withMinRowCountForPageSizeCheck(1)
                        .withMaxRowCountForPageSizeCheck(MOST_ROWS_UNSEEN)
                        .build();
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static Type type(Column column) {
        String name = column.name();
        return switch (column.kind()) {
            case TEXT, JSON ->
                    Types.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(name);
            case INTEGER -> Types.optional(PrimitiveTypeName.INT32).named(name);
            case LONG -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case REAL -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case MONEY ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(
                                    LogicalTypeAnnotation.decimalType(
                                            Column.MONEY_SCALE, Column.MONEY_PRECISION))
                            .named(name);
            case TIME ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named(name);
            case TEXTS ->
                    list(
                            Types.required(PrimitiveTypeName.BINARY)
                                    .as(LogicalTypeAnnotation.stringType())
                                    .named(ELEMENT),
                            name);
            case LONGS -> list(Types.required(PrimitiveTypeName.INT64).named(ELEMENT), name);
        };
    }

    private static Type list(Type element, String name) {
        return Types.buildGroup(Repetition.OPTIONAL)
                .as(LogicalTypeAnnotation.listType())
                .addField(Types.repeatedGroup().addField(element).named(LIST))
                .named(name);
    }

    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {

        private final List<Column> columns;

        Builder(OutputFile file, List<Column> columns) {
            super(file);
            this.columns = List.copyOf(columns);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @Deprecated // as what it implements
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration never) {
            throw new IllegalStateException("There is no Hadoop here");
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration ours) {
            return new Rows(columns);
        }
    }

    /** A row as Parquet's events. */
    private static final class Rows extends WriteSupport<@Nullable Object[]> {

        private final List<Column> columns;
        private @Nullable RecordConsumer consumer;

        Rows(List<Column> columns) {
            this.columns = columns;
        }

        @Override
        @Deprecated // as what it implements
        public WriteContext init(Configuration never) {
            throw new IllegalStateException("There is no Hadoop here");
        }

        @Override
        public WriteContext init(ParquetConfiguration ours) {
            List<Type> types = columns.stream().map(ParquetRows::type).toList();
            return new WriteContext(new MessageType("battlestream", types), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            this.consumer = recordConsumer;
        }

        @Override
        public void write(@Nullable Object[] row) {
            RecordConsumer to = consumer;
            if (to == null) {
                throw new IllegalStateException("A row before the file was prepared");
            }
            to.startMessage();
            for (int i = 0; i < row.length; i++) {
                Object value = row[i];
                if (value != null) {
                    String name = columns.get(i).name();
                    to.startField(name, i);
                    value(to, columns.get(i).kind(), value);
                    to.endField(name, i);
                }
            }
            to.endMessage();
        }

        private static void value(RecordConsumer to, Column.Kind kind, Object value) {
            switch (kind) {
                case TEXT, JSON -> to.addBinary(Binary.fromString((String) value));
                case INTEGER -> to.addInteger((Integer) value);
                case LONG -> to.addLong((Long) value);
                case REAL -> to.addDouble((Double) value);
                case BOOLEAN -> to.addBoolean((Boolean) value);
                case MONEY ->
                        to.addLong(
                                ((BigDecimal) value)
                                        .setScale(Column.MONEY_SCALE)
                                        .unscaledValue()
                                        .longValueExact());
                case TIME -> to.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
                case TEXTS, LONGS -> elements(to, (List<?>) value);
            }
        }

        private static void elements(RecordConsumer to, List<?> values) {
            to.startGroup();
            if (!values.isEmpty()) {
                to.startField(LIST, 0);
                for (Object element : values) {
                    to.startGroup();
                    to.startField(ELEMENT, 0);
                    if (element instanceof Long number) {
                        to.addLong(number);
                    } else {
                        to.addBinary(Binary.fromString(element.toString()));
                    }
                    to.endField(ELEMENT, 0);
                    to.endGroup();
                }
                to.endField(LIST, 0);
            }
            to.endGroup();
        }
    }

    /** A stream that was opened elsewhere and is closed there. */
    private record Target(OutputStream out) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int one) throws IOException {
                    out.write(one);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    position += length;
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
