// Rows that a source can't give: set aside with their number and words, and out of their batch.
#include <QtTest/QtTest>

#include "core/stream/source.h"

using namespace rw;

namespace {

Batch numbers(std::initializer_list<std::int64_t> values, Positions positions) {
    ColumnBuilder builder(Type::of(TypeId::Bigint));
    for (const std::int64_t value : values) builder.append(value);
    Batch batch;
    batch.schema = std::make_shared<const Schema>(Schema{{{"n", Type::of(TypeId::Bigint)}}});
    batch.rows = values.size();
    batch.columns.push_back(builder.finish());
    batch.positions = std::move(positions);
    return batch;
}

Text because(const char* what) {
    return RW_TEXT("source", "%1").with(what);
}

QStringList said(const ParsedChunk& chunk) {
    QStringList out;
    for (const BadRow& row : chunk.bad)
        out << QStringLiteral("%1 %2: %3")
                   .arg(row.index)
                   .arg(QString::fromStdString(row.text), QString::fromStdString(english(row.reason)));
    return out;
}

}  // namespace

class TestParsedChunk : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aBatchWithoutErrorsStaysAsItIs() {
        ParsedChunk chunk;
        const Batch batch = numbers({1, 2}, {});
        chunk.add(batch, {}, [](std::uint32_t) { return std::string("never asked"); });
        QCOMPARE(chunk.batches.size(), std::size_t{1});
        QVERIFY(chunk.batches[0].columns[0] == batch.columns[0]);
        QVERIFY(chunk.bad.empty());
    }

    void failedRowsLeaveForTheFirstReason() {
        ParsedChunk chunk;
        const sql::RowErrors errors{{3, because("late")}, {1, because("first")}, {1, because("second")}};
        chunk.add(numbers({10, 11, 12, 13}, {.first = 20}), errors,
                  [](std::uint32_t row) { return std::to_string(10 + row); });
        QCOMPARE(said(chunk), QStringList({"21 11: first", "23 13: late"}));
        QCOMPARE(chunk.batches.size(), std::size_t{1});
        const Batch& kept = chunk.batches[0];
        QCOMPARE(kept.rows, std::size_t{2});
        QCOMPARE(kept.column(0).at<std::int64_t>(1), std::int64_t{12});
        QCOMPARE(kept.positions.at(1), std::int64_t{22});
    }

    void numbersFollowTheOffsets() {
        ParsedChunk chunk;
        const auto offsets =
            std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0, 5, 9});
        chunk.add(numbers({1, 2, 3}, {.first = 0, .offsets = offsets}), {{2, because("x")}},
                  [](std::uint32_t) { return std::string("three"); });
        QCOMPARE(said(chunk), QStringList({"9 three: x"}));
    }

    void nothingIsLeftOfABatchThatFailed() {
        ParsedChunk chunk;
        chunk.add(numbers({1}, {.first = 0}), {{0, because("x")}}, [](std::uint32_t) { return "1"; });
        QVERIFY(chunk.batches.empty());
        QCOMPARE(chunk.bad.size(), std::size_t{1});
    }

    void textsAreShortAndReadable() {
        ParsedChunk chunk;
        chunk.reject(0, because("x"), "a\xFF" + std::string(5'000, 'b'));
        chunk.reject(1, because("x"), std::string_view("\xC3\xA9\0", 3));
        QVERIFY(chunk.bad[0].text.starts_with("a\xEF\xBF\xBD"));
        QVERIFY(chunk.bad[0].text.ends_with("b…"));
        QVERIFY(chunk.bad[0].text.size() <= BadRow::kLongestText + 3);
        QCOMPARE(chunk.bad[1].text, std::string("é\xEF\xBF\xBD"));
    }
};

QTEST_APPLESS_MAIN(TestParsedChunk)
#include "test_parsed_chunk.moc"
