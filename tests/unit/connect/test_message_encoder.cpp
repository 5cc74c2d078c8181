// Rows as messages of every format, and that they are read back as they were.
#include "core/connect/formats/message_encoder.h"

#include <algorithm>
#include <random>

#include "core/connect/avro/avro_schema.h"
#include "core/data/utf8.h"
#include "core/data/value.h"
#include "tests/support/random_cases.h"
#include "tests/unit/connect/fixtures/messages_fixture.h"
#include "tests/unit/connect/fixtures/random_batch.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

/// A row of an updating stream.
struct Change {
    RowKind kind = RowKind::Insert;
    std::vector<Value> values;
};

Batch changesOf(const std::vector<std::pair<std::string, std::string>>& columns,
                const std::vector<Change>& rows) {
    Batch batch;
    batch.schema = std::make_shared<const Schema>(schemaOf(columns));
    batch.rows = rows.size();
    std::vector<RowKind> kinds;
    for (const Change& row : rows) kinds.push_back(row.kind);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        ColumnBuilder builder(batch.schema->fields[column].type);
        for (const Change& row : rows) appendValue(builder, row.values[column]);
        batch.columns.push_back(builder.finish());
    }
    batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    return batch;
}

EncoderOptions encoderOf(FormatKind format, const Batch& batch, std::vector<int> key = {},
                         bool updating = false) {
    EncoderOptions options;
    options.schema = batch.schema;
    options.format = format;
    options.key = std::move(key);
    options.updating = updating;
    return options;
}

/// “row: key → value”; NULL for what is null; then the rows that were left out.
Lines messagesOf(const EncoderOptions& options, const Batch& batch) {
    EncodedMessages messages;
    const sql::RowErrors errors = makeMessageEncoder(options)->encode(batch, messages);
    Lines lines;
    for (std::size_t i = 0; i < messages.size(); ++i)
        lines.push_back(fmt::format("{}: {} → {}", messages.row(i), messages.key(i).value_or("NULL"),
                                    messages.value(i).value_or("NULL")));
    for (const sql::RowError& error : errors)
        lines.push_back(fmt::format("{}! {}", error.row, english(error.reason)));
    return lines;
}

const std::vector<std::pair<std::string, std::string>> kColumns{{"id", "INT"}, {"name", "STRING"}};

Batch story() {
    return changesOf(kColumns, {{RowKind::Insert, {std::int32_t{1}, std::string("a")}},
                                {RowKind::UpdateBefore, {std::int32_t{1}, std::string("a")}},
                                {RowKind::UpdateAfter, {std::int32_t{1}, std::string("b, \"c\"\n")}},
                                {RowKind::Insert, {std::int32_t{2}, Value{}}},
                                {RowKind::Delete, {std::int32_t{1}, std::string("b")}}});
}

}  // namespace

class TestMessageEncoder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void upserts() {
        QCOMPARE(messagesOf(encoderOf(FormatKind::JsonObjects, story(), {0}, true), story()),
                 (Lines{R"(0: 1 → {"id":1,"name":"a"})", "2: 1 → {\"id\":1,\"name\":\"b, \\\"c\\\"\\n\"}",
                        R"(3: 2 → {"id":2,"name":null})", "4: 1 → NULL"}));
        QCOMPARE(messagesOf(encoderOf(FormatKind::Csv, story(), {0}, true), story()),
                 (Lines{"0: 1 → 1,a", "2: 1 → 1,\"b, \"\"c\"\"\n\"", "3: 2 → 2,", "4: 1 → NULL"}));
        EncoderOptions text = encoderOf(FormatKind::Text, story(), {0}, true);
        text.text = 1;
        QCOMPARE(messagesOf(text, story()),
                 (Lines{"0: 1 → a", "2: 1 → b, \"c\"\n", "4: 1 → NULL",
                        "3! The text is NULL: a message without a value deletes its row."}));
    }

    /// A change is a delete and a create, as Flink writes it.
    void events() {
        QCOMPARE(
            messagesOf(encoderOf(FormatKind::Debezium, story(), {0}, true), story()),
            (Lines{R"(0: 1 → {"before":null,"after":{"id":1,"name":"a"},"op":"c"})",
                   R"(1: 1 → {"before":{"id":1,"name":"a"},"after":null,"op":"d"})",
                   "2: 1 → {\"before\":null,\"after\":{\"id\":1,\"name\":\"b, \\\"c\\\"\\n\"},\"op\":\"c\"}",
                   R"(3: 2 → {"before":null,"after":{"id":2,"name":null},"op":"c"})",
                   R"(4: 1 → {"before":{"id":1,"name":"b"},"after":null,"op":"d"})"}));
    }

    void keys() {
        const Batch batch = changesOf(kColumns, {{RowKind::Insert, {std::int32_t{1}, std::string("a")}},
                                                 {RowKind::Insert, {Value{}, std::string("b")}}});
        EncoderOptions text = encoderOf(FormatKind::Text, batch);
        text.text = 1;
        QCOMPARE(messagesOf(text, batch), (Lines{"0: NULL → a", "1: NULL → b"}));
        EncoderOptions csv = encoderOf(FormatKind::Csv, batch, {1, 0});
        QCOMPARE(messagesOf(csv, batch),
                 (Lines{R"(0: {"name":"a","id":1} → 1,a)", R"(1: {"name":"b","id":null} → ,b)"}));
        csv.key = {0};
        QCOMPARE(messagesOf(csv, batch), (Lines{"0: 1 → 1,a", "1: NULL → ,b"}));
        const Batch bytes = changesOf({{"k", "BYTES"}}, {{RowKind::Insert, {bytesOf("\xff\0")}}});
        EncodedMessages messages;
        QVERIFY(makeMessageEncoder(encoderOf(FormatKind::Text, bytes, {0}))->encode(bytes, messages).empty());
        QCOMPARE(std::string(*messages.key(0)), bytesOf("\xff\0"));
        QCOMPARE(std::string(*messages.value(0)), bytesOf("\xff\0"));
        csv.updating = true;
        QCOMPARE(messagesOf(csv, batch),
                 (Lines{"0: 1 → 1,a", "1! The key is NULL: no message replaces another without one."}));
    }

    /// Left out, and the others keep their places.
    void whatCannotBeWritten() {
        const auto day = [](std::int64_t year) {
            return static_cast<std::int32_t>(daysFromCivil(year, 1, 1));
        };
        const Batch batch =
            changesOf({{"id", "INT"}, {"d", "DATE"}}, {{RowKind::Insert, {std::int32_t{1}, day(10'000)}},
                                                       {RowKind::Insert, {std::int32_t{2}, day(2024)}},
                                                       {RowKind::Insert, {std::int32_t{3}, day(0)}}});
        for (const FormatKind format : {FormatKind::JsonObjects, FormatKind::Csv, FormatKind::Debezium}) {
            const Lines lines = messagesOf(encoderOf(format, batch, {0}), batch);
            QCOMPARE(lines.size(), std::size_t{3});
            QVERIFY2(lines[0].starts_with("1: 2 → "), lines[0].c_str());
            QVERIFY(lines[0].find("2024-01-01") != std::string::npos);
            QVERIFY(lines[1].starts_with("0! “d” is "));
            QVERIFY(lines[2].starts_with("2! “d” is "));
        }
        const Lines keys = messagesOf(encoderOf(FormatKind::JsonObjects, batch, {0, 1}), batch);
        QCOMPARE(keys.size(), std::size_t{3});
        QVERIFY(keys[0].starts_with(R"(1: {"id":2,"d":"2024-01-01"} → )"));
    }

    void headsOfARegistry() {
        const Batch batch =
            changesOf({{"id", "INT"}}, {{RowKind::Insert, {std::int32_t{-1}}}, {RowKind::Insert, {Value{}}}});
        EncoderOptions options = encoderOf(FormatKind::Avro, batch);
        EncodedMessages messages;
        QVERIFY(makeMessageEncoder(options)->encode(batch, messages).empty());
        QCOMPARE(std::string(*messages.value(0)), bytesOf("\x02\x01"));
        QCOMPARE(std::string(*messages.value(1)), bytesOf("\0"));
        options.schemaId = 0x01020304;
        messages.clear();
        QVERIFY(makeMessageEncoder(options)->encode(batch, messages).empty());
        QCOMPARE(std::string(*messages.value(0)), bytesOf("\0\1\2\3\4\x02\x01"));
    }

    /// Every type, with NULLs and texts that need care: what is decoded is what was encoded.
    void readsBack() {
        constexpr std::string_view kAlphabet = "\"\\\n\r\t\x01 ,;{}é";
        for (const std::uint32_t seed : seedsOf(suites::MessageFormats)) {
            std::mt19937_64 random(seed);
            Batch batch = randomBatch(random, random() % 30, kAlphabet);
            batch = withinYears(batch);
            for (const FormatKind kind :
                 {FormatKind::JsonObjects, FormatKind::Csv, FormatKind::Avro, FormatKind::Debezium}) {
                const bool events = kind == FormatKind::Debezium;
                EncodedMessages messages;
                const sql::RowErrors errors =
                    makeMessageEncoder(encoderOf(kind, batch, {}, events))->encode(batch, messages);
                QVERIFY2(errors.empty(), errors.empty() ? "" : english(errors.front().reason).c_str());
                const MessageFormat format = formatFor(kind, batch);
                std::vector<ReceivedMessage> received(messages.size());
                for (std::size_t i = 0; i < received.size(); ++i) received[i].value = messages.value(i);
                const Lines lines = decoded(format, received);
                QCOMPARE(lines.size(), batch.rows);
                for (std::size_t row = 0; row < lines.size(); ++row) {
                    const bool gone =
                        batch.kind(row) == RowKind::UpdateBefore || batch.kind(row) == RowKind::Delete;
                    const std::string sign = events ? gone ? "-D " : "+I " : "";
                    QVERIFY2(lines[row] == sign + rowLine(batch, row),
                             fmt::format("seed {}, format {}, row {}: {} is read as {}", seed,
                                         static_cast<int>(kind), row, rowLine(batch, row), lines[row])
                                 .c_str());
                }
            }
        }
    }

 private:
    /// Columns of the batch's names and types; Avro's can't have blanks.
    static MessageFormat formatFor(FormatKind kind, const Batch& batch) {
        Lines columns;
        for (const Field& field : batch.schema->fields)
            columns.push_back(field.name + " " + toString(field.type));
        MessageFormat format = formatWith(kind, columns);
        if (kind == FormatKind::Avro)
            format.avro =
                std::make_shared<const AvroSchema>(*AvroSchema::parse(*avroSchemaOf(*batch.schema)));
        return format;
    }

    /// Dates and times that JSON and CSV have, texts that are UTF-8, and decimals of their precision.
    static Batch withinYears(Batch batch) {
        Schema schema = *batch.schema;
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            Field& field = schema.fields[i];
            std::replace(field.name.begin(), field.name.end(), ' ', '_');
            const Column& column = *batch.columns[i];
            ColumnBuilder builder(field.type);
            for (std::size_t row = 0; row < batch.rows; ++row) {
                Value value = valueAt(column, row);
                if (auto* const text = std::get_if<std::string>(&value);
                    text && field.type.is(TypeId::String) && validUtf8Prefix(*text) < text->size())
                    *text = "no UTF-8";
                if (auto* const number = std::get_if<Int128>(&value))
                    *number %= field.type.precision < 38 ? Int128{1'000'000'000} : Int128{INT64_MAX};
                if (auto* const instant = std::get_if<std::int64_t>(&value);
                    instant && field.type.is(TypeId::Timestamp))
                    *instant %= 50'000'000'000'000;
                if (auto* const days = std::get_if<std::int32_t>(&value); days && field.type.is(TypeId::Date))
                    *days %= 700'000;
                appendValue(builder, value);
            }
            batch.columns[i] = builder.finish();
        }
        batch.schema = std::make_shared<const Schema>(std::move(schema));
        return batch;
    }
};

QTEST_APPLESS_MAIN(TestMessageEncoder)
#include "test_message_encoder.moc"
