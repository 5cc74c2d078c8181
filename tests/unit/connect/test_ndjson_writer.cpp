// Rows written as JSON: everything reads back, and other readers of JSON take it.
#include "core/connect/ndjson/writer.h"

#include <random>

#include "core/data/value.h"
#include "core/pipeline/pipeline.h"
#include "tests/support/plain_text.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/connect/fixtures/ndjson_fixture.h"
#include "tests/unit/connect/fixtures/random_batch.h"

using namespace rw;
using namespace rw::test;

namespace {

Batch jsonBatch(const std::vector<JsonColumn>& columns, const std::vector<std::vector<Value>>& rows) {
    Batch batch;
    batch.schema = ndjsonOptions(columns).schema;
    batch.rows = rows.size();
    for (std::size_t column = 0; column < columns.size(); ++column) {
        ColumnBuilder builder(batch.schema->fields[column].type);
        for (const auto& row : rows) appendValue(builder, row[column]);
        batch.columns.push_back(builder.finish());
    }
    return batch;
}

std::string jsonLines(const Batch& batch, bool updating = false) {
    std::string out;
    NdjsonWriter(*batch.schema, updating).appendRows(out, batch);
    return out;
}

std::string jsonString(std::string_view text) {
    std::string out;
    appendJsonString(out, text);
    return out;
}

std::string plainValue(const Column& column, std::size_t row) {
    if (column.isNull(row)) return "null";
    const std::string text = plainCell(column, row);
    const TypeId type = column.type().id;
    if (type == TypeId::String || type == TypeId::Bytes) return jsonString(text);
    const bool number = type != TypeId::Date && type != TypeId::Timestamp &&
                        (type != TypeId::Double || std::isfinite(column.at<double>(row)));
    if (!number) return '"' + text + '"';
    const bool whole = type == TypeId::Double && text.find_first_of(".e") == std::string::npos;
    return whole ? text + ".0" : text;
}

std::string plainLines(const Batch& batch, bool updating) {
    std::string out;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (!isReadable(batch, row)) continue;
        std::string members = updating ? "\"op\":\"" + std::string(toString(batch.kind(row))) + '"' : "";
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            if (!members.empty()) members += ',';
            members += jsonString(batch.schema->fields[i].name) + ':' + plainValue(*batch.columns[i], row);
        }
        out += '{' + members + "}\n";
    }
    return out;
}

}  // namespace

class TestNdjsonWriter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyType() {
        const Batch batch =
            jsonBatch({{"b", "BOOLEAN"},
                       {"i", "INT"},
                       {"l", "BIGINT"},
                       {"d", "DECIMAL(38,2)"},
                       {"x", "DOUBLE"},
                       {"s", "STRING"},
                       {"day", "DATE"},
                       {"t", "TIMESTAMP(3)"}},
                      {{true, std::int32_t{-7}, std::numeric_limits<std::int64_t>::max(), Int128{150}, 0.1,
                        std::string("a"), std::int32_t{19'783}, std::int64_t{1'709'294'400'000}},
                       {{}, {}, {}, {}, {}, {}, {}, {}}});
        QCOMPARE(jsonLines(batch),
                 std::string(R"({"b":true,"i":-7,"l":9223372036854775807,"d":1.50,"x":0.1,"s":"a",)"
                             R"("day":"2024-03-01","t":"2024-03-01 12:00:00.000"})"
                             "\n"
                             R"({"b":null,"i":null,"l":null,"d":null,"x":null,"s":null,"day":null,"t":null})"
                             "\n"));
    }
    void bytesAreBase64() {
        const Batch batch =
            jsonBatch({{"b", "BYTES"}}, {{std::string("\0\xff\xff", 3)}, {std::string()}, {Value{}}});
        QCOMPARE(jsonLines(batch), std::string("{\"b\":\"AP//\"}\n{\"b\":\"\"}\n{\"b\":null}\n"));
    }
    /// JSON has no numbers for them.
    void numbersThatAreNone() {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        const Batch batch =
            jsonBatch({{"x", "DOUBLE"}}, {{kInfinity}, {-kInfinity}, {std::nan("")}, {1e20}, {-0.0}, {3.0}});
        QCOMPARE(jsonLines(batch),
                 std::string("{\"x\":\"Infinity\"}\n{\"x\":\"-Infinity\"}\n{\"x\":\"NaN\"}\n"
                             "{\"x\":1e+20}\n{\"x\":-0.0}\n{\"x\":3.0}\n"));
    }
    void strings() {
        QCOMPARE(jsonString("say \"hi\" \\ \n\r\t\b\f\x01\x1f\x7f é😀"),
                 std::string("\"say \\\"hi\\\" \\\\ \\n\\r\\t\\b\\f\\u0001\\u001f\x7f é😀\""));
        QCOMPARE(jsonString(std::string_view("a\0b", 3)), std::string("\"a\\u0000b\""));
        QCOMPARE(jsonString("a\xFF\xFE"
                            "b\xC3"),
                 std::string("\"a\\ufffd\\ufffdb\\ufffd\""));
        QCOMPARE(jsonString(""), std::string("\"\""));
    }
    void namesAreStringsToo() {
        QCOMPARE(jsonLines(jsonBatch({{"the \"price\"", "INT"}}, {{std::int32_t{1}}})),
                 std::string("{\"the \\\"price\\\"\":1}\n"));
    }
    void updatingStreamsSayWhatARowDoes() {
        Batch batch = jsonBatch({{"n", "BIGINT"}},
                                {{std::int64_t{1}}, {std::int64_t{1}}, {std::int64_t{2}}, {Value{}}});
        batch.kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector{RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete});
        QCOMPARE(jsonLines(batch, true),
                 std::string("{\"op\":\"+I\",\"n\":1}\n{\"op\":\"-U\",\"n\":1}\n{\"op\":\"+U\",\"n\":2}\n"
                             "{\"op\":\"-D\",\"n\":null}\n"));
    }
    /// Byte for byte; texts by appendJsonString(), which looks at each character.
    void writesAsThePlainWay() {
        std::mt19937_64 random(7);
        const auto rounds = affordableCases(300, 30);
        for (std::uint64_t round = 0; round < rounds; ++round) {
            const bool updating = random() % 2 == 0;
            const Batch batch = randomBatch(random, random() % 100, "\"\\\n\x01\x1F\x7F \xC3\xA9/");
            QVERIFY(jsonLines(batch, updating) == plainLines(batch, updating));
        }
    }
    void whatCannotBeReadBackIsLeftOut() {
        const auto day = [](std::int64_t year) {
            return static_cast<std::int32_t>(daysFromCivil(year, 1, 1));
        };
        const Batch batch = jsonBatch({{"d", "DATE"}, {"t", "TIMESTAMP(3)"}},
                                      {{day(9'999) + 364, std::int64_t{253'402'300'799'999}},
                                       {day(10'000), Value{}},
                                       {Value{}, std::int64_t{253'402'300'800'000}},
                                       {day(1) - 1, Value{}},
                                       {day(1), Value{}}});
        std::string out = "before";
        const sql::RowErrors errors = NdjsonWriter(*batch.schema, false).appendRows(out, batch);
        QCOMPARE(errors.size(), std::size_t{3});
        for (std::uint32_t i = 0; i < 3; ++i) QCOMPARE(errors[i].row, i + 1);
        QVERIFY(english(errors[0].reason).ends_with(": dates in files have years from 0001 to 9999."));
        QCOMPARE(out, std::string("before{\"d\":\"9999-12-31\",\"t\":\"9999-12-31 23:59:59.999\"}\n"
                                  "{\"d\":\"0001-01-01\",\"t\":null}\n"));
        NdjsonReader reader({{"d", "DATE"}, {"t", "TIMESTAMP(3)"}});
        QCOMPARE(reader.read(out.substr(6)).lines.size(), std::size_t{2});
    }
    void rowsThatAreTooLongAreLeftOut() {
        const Batch batch =
            jsonBatch({{"s", "STRING"}}, {{std::string("abc")}, {std::string("abcd")}, {std::string("\n")}});
        std::string out;
        const sql::RowErrors errors = NdjsonWriter(*batch.schema, false).appendRows(out, batch, 12);
        QCOMPARE(errors.size(), std::size_t{1});
        QCOMPARE(errors[0].row, 1U);
        QCOMPARE(out, std::string("{\"s\":\"abc\"}\n{\"s\":\"\\n\"}\n"));
        const Batch large = jsonBatch(
            {{"s", "STRING"}}, {{std::string(kLongestRow - 9, 'a')}, {std::string(kLongestRow - 8, 'a')}});
        out.clear();
        QCOMPARE(NdjsonWriter(*large.schema, false).appendRows(out, large).size(), std::size_t{1});
        QCOMPARE(out.size(), kLongestRow);
        NdjsonReader reader(std::vector<JsonColumn>{{"s", "STRING"}});
        QCOMPARE(reader.read(out).lines.size(), std::size_t{1});
    }
    /// Random rows read back as they were.
    void readsBack() {
        std::mt19937 random(6);
        const std::vector<JsonColumn> columns{{"i", "INT"},          {"s", "STRING"},
                                              {"x", "DOUBLE"},       {"d", "DECIMAL(20,4)"},
                                              {"t", "TIMESTAMP(3)"}, {"b", "BOOLEAN"}};
        const std::string_view alphabet = "a\"\\\n\r \t\x01{}";
        for (int round = 0; round < 20; ++round) {
            std::vector<std::vector<Value>> rows(random() % 200);
            for (auto& row : rows) {
                std::string text = random() % 3 == 0 ? "é😀" : "";
                for (std::size_t i = random() % 20; i > 0; --i) text += alphabet[random() % alphabet.size()];
                row = {static_cast<std::int32_t>(random()),
                       text,
                       std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 100),
                       Int128{static_cast<std::int32_t>(random())} * 1'000'003,
                       static_cast<std::int64_t>(random()) * 100,
                       random() % 2 == 0};
                for (Value& value : row) {
                    if (random() % 6 == 0) value = Value{};
                }
            }
            const Batch batch = jsonBatch(columns, rows);
            const std::string lines = jsonLines(batch);
            NdjsonReader reader(columns);
            const GivenRows read = reader.read(lines);
            QCOMPARE(read.error, std::string());
            QCOMPARE(read.lines.size(), rows.size());
            std::size_t begin = 0;
            for (std::size_t row = 0; row < rows.size(); ++row) {
                QCOMPARE(read.lines[row], rowLine(batch, row));
                const std::size_t end = lines.find('\n', begin);
                QVERIFY(Json::accept(lines.substr(begin, end - begin)));
                begin = end + 1;
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestNdjsonWriter)
#include "test_ndjson_writer.moc"
