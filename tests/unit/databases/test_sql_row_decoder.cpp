// From rows as a server wrote them to batches: each form of a value, values of other types, and changes.
#include <QtTest/QtTest>
#include <cstdint>

#include "core/connect/tables/pg_bytes.h"
#include "core/connect/tables/sql_row_decoder.h"
#include "core/data/text.h"

using namespace rw;

namespace {

using Cell = std::optional<std::string>;

SchemaRef schemaOfTypes(const std::vector<Type>& types) {
    auto schema = std::make_shared<Schema>();
    for (std::size_t i = 0; i < types.size(); ++i)
        schema->fields.push_back({"c" + std::to_string(i), types[i]});
    return schema;
}

/// One row, of one column.
std::string readOne(Type type, SqlCellForm form, const Cell& cell) {
    SqlRows rows(std::make_shared<const std::vector<SqlCellForm>>(1, form));
    if (cell) {
        rows.add(*cell);
    } else {
        rows.addNull();
    }
    rows.endRow();
    DecoderOptions options;
    options.schema = schemaOfTypes({type});
    const ParsedChunk parsed = SqlRowDecoder(options).decode(rows, 0);
    if (!parsed.bad.empty()) return "bad: " + parsed.bad.front().text;
    return rowText(parsed.batches.front(), 0);
}

template <class T>
std::string networkBytes(T number) {
    std::string bytes;
    appendNumber(bytes, number);
    return bytes;
}

const Type kInt = Type::of(TypeId::Int), kBigint = Type::of(TypeId::Bigint),
           kTimestamp = Type::of(TypeId::Timestamp), kDate = Type::of(TypeId::Date),
           kBytes = Type::of(TypeId::Bytes), kString = Type::of(TypeId::String);

SqlCellForms textForms(std::size_t columns) {
    return std::make_shared<const std::vector<SqlCellForm>>(columns, SqlCellForm::Text);
}

}  // namespace

class TestSqlRowDecoder : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void texts() {
        QCOMPARE(readOne(kInt, SqlCellForm::Text, "-7"), std::string("c0=-7"));
        QCOMPARE(readOne(Type::of(TypeId::Boolean), SqlCellForm::Text, "t"), std::string("c0=true"));
        QCOMPARE(readOne(Type::of(TypeId::Boolean), SqlCellForm::Text, "0"), std::string("c0=false"));
        QCOMPARE(readOne(kTimestamp, SqlCellForm::Text, "2024-03-01 12:00:00.123456+00"),
                 std::string("c0=2024-03-01 12:00:00.123"));
        QCOMPARE(readOne(Type::decimal(10, 2), SqlCellForm::Text, "1.5"), std::string("c0=1.50"));
        QCOMPARE(readOne(kBytes, SqlCellForm::HexText, "\\x00ff"), std::string("c0=x'00ff'"));
        QCOMPARE(readOne(kInt, SqlCellForm::Text, {}), std::string("c0=NULL"));
    }

    void binaryForms() {
        QCOMPARE(readOne(kInt, SqlCellForm::TwoBytes, networkBytes(std::int16_t{-5})), std::string("c0=-5"));
        QCOMPARE(readOne(kBigint, SqlCellForm::FourBytes, networkBytes(std::int32_t{-5})),
                 std::string("c0=-5"));
        QCOMPARE(readOne(kInt, SqlCellForm::EightBytes, networkBytes(std::int64_t{5})), std::string("c0=5"));
        QCOMPARE(readOne(kDate, SqlCellForm::Days, networkBytes(std::int32_t{-1})),
                 std::string("c0=1999-12-31"));
        // Before 2000, a part of a millisecond goes down, as everywhere.
        QCOMPARE(readOne(kTimestamp, SqlCellForm::Micros, networkBytes(std::int64_t{-1})),
                 std::string("c0=1999-12-31 23:59:59.999"));
        QCOMPARE(readOne(kString, SqlCellForm::Raw, "text"), std::string("c0=text"));
    }

    void valuesOfOtherTypesAreSetAside() {
        QCOMPARE(readOne(kInt, SqlCellForm::Text, "no"), std::string("bad: c0=no"));
        QCOMPARE(readOne(kInt, SqlCellForm::EightBytes, networkBytes(std::int64_t{1} << 40)),
                 std::string("bad: c0=1099511627776"));
        QCOMPARE(readOne(kTimestamp, SqlCellForm::Text, "infinity"), std::string("bad: c0=infinity"));
        QCOMPARE(readOne(kTimestamp, SqlCellForm::Micros, networkBytes(INT64_MAX)),
                 std::string("bad: c0=infinity"));
        QCOMPARE(readOne(kDate, SqlCellForm::Days, networkBytes(INT32_MIN)),
                 std::string("bad: c0=-infinity"));
        QCOMPARE(readOne(kTimestamp, SqlCellForm::Text, "0000-00-00 00:00:00"),
                 std::string("bad: c0=0000-00-00 00:00:00"));
        QCOMPARE(readOne(kString, SqlCellForm::Raw, "\xff"), std::string("bad: c0=x'ff'"));
        QCOMPARE(readOne(kInt, SqlCellForm::FourBytes, "abc").substr(0, 4), std::string("bad:"));
    }

    void aChangeIsSetAsideAsAWhole() {
        SqlRows rows(textForms(2));
        const auto row = [&rows](const std::string& id, const std::string& value, RowKind kind, bool joins) {
            rows.add(id);
            rows.add(value);
            rows.endRow(kind, joins);
        };
        row("1", "10", RowKind::Insert, false);
        row("1", "10", RowKind::UpdateBefore, false);
        row("1", "no", RowKind::UpdateAfter, true);
        row("2", "20", RowKind::UpdateBefore, false);
        row("2", "21", RowKind::UpdateAfter, true);
        row("3", "30", RowKind::Delete, false);
        QCOMPARE(rows.changes(), 4U);
        DecoderOptions options;
        options.schema = schemaOfTypes({kInt, kInt});
        const ParsedChunk parsed = SqlRowDecoder(options).decode(rows, 0);
        QCOMPARE(parsed.rowsRead, 4U);
        QCOMPARE(parsed.bad.size(), std::size_t{1});
        QCOMPARE(parsed.bad.front().index, 1U);
        QCOMPARE(parsed.batches.size(), std::size_t{1});
        const Batch& batch = parsed.batches.front();
        std::string told;
        for (std::size_t i = 0; i < batch.rows; ++i)
            told += std::string(toString(batch.kind(i))) + std::to_string(batch.positions.at(i)) + " ";
        QCOMPARE(told, std::string("+I0 -U2 +U2 -D3 "));
    }

    void batchesAreAsLongAsTheyMayBe() {
        SqlRows rows(textForms(1));
        for (int i = 0; i < 10; ++i) {
            rows.add(std::to_string(i));
            rows.endRow();
        }
        DecoderOptions options;
        options.schema = schemaOfTypes({kInt, kTimestamp});
        options.arrival = 1;
        options.batchRows = 4;
        const ParsedChunk parsed = SqlRowDecoder(options).decode(rows, 1000);
        QCOMPARE(parsed.batches.size(), std::size_t{3});
        QCOMPARE(parsed.batches.back().rows, std::size_t{2});
        QCOMPARE(rowText(parsed.batches.back(), 1), std::string("c0=9, c1=1970-01-01 00:00:01.000"));
        QCOMPARE(parsed.batches.back().positions.at(1), std::int64_t{9});
    }
};

QTEST_GUILESS_MAIN(TestSqlRowDecoder)
#include "test_sql_row_decoder.moc"
