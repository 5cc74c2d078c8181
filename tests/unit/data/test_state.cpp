// State as bytes: written fields are read again, by readers that know more or fewer of them, and broken bytes
// are an error.
#include <QtTest/QtTest>
#include <random>

#include "core/data/state_reader.h"
#include "core/data/text.h"

using namespace rw;

namespace {

/// Three rows of every type, the second NULL.
Batch sample() {
    auto schema = std::make_shared<Schema>();
    Batch batch;
    batch.rows = 3;
    for (const char* name :
         {"BOOLEAN", "INT", "BIGINT", "DOUBLE", "DECIMAL(38,4)", "STRING", "DATE", "TIMESTAMP(3)", "BYTES"}) {
        const Type type = *parseType(name);
        schema->fields.push_back({name, type});
        ColumnBuilder builder(type);
        const bool text = type.is(TypeId::String) || type.is(TypeId::Bytes);
        const std::string long_(1000, type.is(TypeId::Bytes) ? '\0' : 'x');
        appendValue(builder, type.is(TypeId::Boolean) ? Value{true}
                             : text                   ? Value{std::string("short")}
                                                      : *parseValue(type.is(TypeId::Date)        ? "2024-03-01"
                                                                    : type.is(TypeId::Timestamp) ? "2024-03-01 01:02:03.004"
                                                                                                 : "17",
                                                  type));
        builder.appendNull();
        appendValue(builder, type.is(TypeId::Boolean) ? Value{false}
                             : text                   ? Value{long_}
                                                      : *parseValue(type.is(TypeId::Date)        ? "1969-12-31"
                                                                    : type.is(TypeId::Timestamp) ? "1969-12-31 23:59:59.999"
                                                                                                 : "-17",
                                                  type));
        batch.columns.push_back(builder.finish());
    }
    schema->fields.push_back({"not built", Type::of(TypeId::Int)});
    batch.columns.push_back(nullptr);
    batch.schema = std::move(schema);
    batch.kinds = std::make_shared<const std::vector<RowKind>>(
        std::vector<RowKind>{RowKind::Insert, RowKind::UpdateAfter, RowKind::Delete});
    batch.stamps = std::make_shared<const std::vector<Instant>>(std::vector<Instant>{1, kMinTimestamp, 3});
    batch.positions.first = 10;
    batch.positions.offsets =
        std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0, 2, 5});
    batch.watermark = 77;
    batch.wire = 3;
    return batch;
}

std::string written() {
    StateWriter out(7);
    out.i64("i", -5);
    out.u64("u", 5);
    out.f64("f", 0.1);
    out.bytes("b", std::string_view("a\0b", 3));
    out.record("r", 2, [](StateWriter& in) {
        in.i64("i", 6);
        in.record("deeper", 3, [](StateWriter& deep) { deep.bytes("t", "text"); });
    });
    out.batch("batch", sample());
    for (const int group : {0, 200, 255}) {
        out.keyed("state", group, 1, [group](StateWriter& in) { in.i64("n", group * 10); });
    }
    return out.finish();
}

/// Asks for everything there may be; only that nothing breaks counts.
void readAll(const StateReader& reader, int depth = 0) {
    for (const char* name :
         {"i",      "u",    "f",    "b",      "r",    "deeper", "t",     "batch", "state", "n",
          "column", "name", "type", "values", "rows", "valid",  "sizes", "bytes", "kinds", "stamps"}) {
        (void)reader.i64(name);
        (void)reader.u64(name, 1);
        (void)reader.f64(name);
        (void)reader.bytes(name);
        if (const auto column = reader.column(name); column.ok()) {
            std::string text;
            for (std::size_t row = 0; row < (*column)->size(); ++row) appendCell(text, **column, row);
        }
        if (const auto batch = reader.batch(name); batch.ok()) {
            for (const ColumnRef& column : batch->columns) QVERIFY(!column || column->size() == batch->rows);
        }
        if (depth > 6) return;
        if (const auto record = reader.record(name); record.ok()) readAll(*record, depth + 1);
        if (const auto keyed = reader.keyed(name); keyed.ok()) {
            for (const auto& [group, record] : *keyed) readAll(record, depth + 1);
        }
    }
}

}  // namespace

class TestState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatIsWrittenIsRead() {
        const std::string bytes = written();
        const auto reader = StateReader::open(bytes);
        QVERIFY(reader.ok());
        QCOMPARE(reader->version(), 7U);
        QCOMPARE(*reader->i64("i"), std::int64_t{-5});
        QCOMPARE(*reader->u64("u"), std::uint64_t{5});
        QVERIFY(*reader->f64("f") == 0.1);  // to the last bit
        QCOMPARE(*reader->bytes("b"), std::string_view("a\0b", 3));
        const auto record = reader->record("r");
        QCOMPARE(record->version(), 2U);
        QCOMPARE(*record->i64("i"), std::int64_t{6});
        QCOMPARE(*record->record("deeper")->bytes("t"), std::string_view("text"));
        const auto groups = reader->keyed("state");
        QCOMPARE(groups->size(), std::size_t{3});
        QCOMPARE((*groups)[1].first, 200);
        QCOMPARE(*(*groups)[2].second.i64("n"), std::int64_t{2550});
    }

    void aBatchIsReadAsItWas() {
        const std::string bytes = written();
        const Batch before = sample();
        const auto read = StateReader::open(bytes)->batch("batch");
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        QCOMPARE(read->rows, before.rows);
        QVERIFY(*read->schema == *before.schema);
        QVERIFY(read->columns.back() == nullptr);
        for (std::size_t row = 0; row < before.rows; ++row) {
            QCOMPARE(rowText(*read, row), rowText(before, row));
            QVERIFY(read->kind(row) == before.kind(row));
            QCOMPARE(read->positions.at(row), before.positions.at(row));
        }
        QVERIFY(*read->stamps == *before.stamps);
        QCOMPARE(read->watermark, before.watermark);
        QCOMPARE(read->wire, before.wire);
    }

    /// A type of a later program is named, and nothing is read as another type.
    void aTypeThatIsNotKnownIsNamed() {
        std::string bytes = written().substr(16);
        for (std::size_t at = bytes.find("BYTES"); at != std::string::npos; at = bytes.find("BYTES", at))
            bytes.replace(at, 5, "LATER");
        const auto batch = StateReader::unsealed(bytes)->batch("batch");
        QVERIFY(!batch.ok());
        QVERIFY(english(batch.error()).find("“LATER” is not a type.") != std::string::npos);
    }

    void aReaderThatKnowsOtherFieldsGoesOn() {
        const std::string bytes = written();
        const auto reader = StateReader::open(bytes);
        QVERIFY(!reader->has("new"));
        QCOMPARE(*reader->i64("new", 42), std::int64_t{42});
        QVERIFY(!reader->i64("new").ok());
        QVERIFY(english(reader->i64("new").error()).find("has no “new”") != std::string::npos);
        QVERIFY(!reader->u64("i").ok());     // of another type
        QVERIFY(!reader->u64("i", 1).ok());  // which no default hides
        QCOMPARE(reader->keyed("nobody")->size(), std::size_t{0});
    }

    void aFieldOfALaterTypeIsPassedOver() {
        StateWriter out;
        out.i64("known", 1);
        out.i64("later", 2);
        std::string bytes = out.finish().substr(16);
        bytes[bytes.rfind("later") - 4] = 99;
        const auto reader = StateReader::unsealed(bytes);
        QVERIFY(reader.ok());
        QCOMPARE(*reader->i64("known"), std::int64_t{1});
        QVERIFY(!reader->i64("later").ok());
    }

    void aBrokenSealIsAnError() {
        const std::string bytes = written();
        QVERIFY(!StateReader::open("").ok());
        QVERIFY(!StateReader::open(bytes.substr(0, bytes.size() - 1)).ok());
        for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{20}, bytes.size() - 1}) {
            std::string other = bytes;
            other[at] = static_cast<char>(other[at] ^ 1);
            QVERIFY(!StateReader::open(other).ok());
        }
    }

    /// Without the seal that would tell: sizes beyond the end, rows without values, anything.
    void brokenBytesNeverCrash() {
        const std::string bytes = written().substr(16);
        std::mt19937 random(1);
        const auto pick = [&random](std::size_t below) { return random() % below; };
        int opened = 0;
        for (int round = 0; round < 3'000; ++round) {
            std::string other = bytes;
            for (std::size_t changes = 1 + pick(4); changes > 0; --changes) {
                switch (pick(4)) {
                    case 0:
                        other[pick(other.size())] = static_cast<char>(random());
                        break;
                    case 1:
                        other.resize(1 + pick(other.size()));
                        break;
                    case 2:
                        other.insert(pick(other.size()), other.substr(pick(other.size()), pick(40)));
                        break;
                    case 3: {
                        const std::size_t at = pick(other.size());
                        for (std::size_t i = at; i < std::min(at + 8, other.size()); ++i) other[i] = '\xff';
                        break;
                    }
                }
            }
            const auto reader = StateReader::unsealed(other);
            if (!reader.ok()) continue;
            ++opened;
            readAll(*reader);
        }
        QVERIFY2(opened > 300 && opened < 2'900, qPrintable(QString::number(opened)));
    }

    void aLargeColumnTakesItsOwnSizeAlone() {
        ColumnBuilder builder(Type::of(TypeId::Bigint));
        for (std::int64_t i = 0; i < 1'000'000; ++i) builder.append(i);
        const ColumnRef column = builder.finish();
        StateWriter out;
        out.column("c", *column);
        const std::string bytes = out.finish();
        QVERIFY(bytes.size() < 8'000'000 + 200);
        const auto read = StateReader::open(bytes)->column("c");
        QVERIFY(read.ok());
        QCOMPARE((*read)->at<std::int64_t>(999'999), std::int64_t{999'999});
    }
};

QTEST_APPLESS_MAIN(TestState)
#include "test_state.moc"
