// The memory of batches is counted, and batches that are kept for long keep no more than they need.
#include <QtTest>

#include "core/base/readable.h"
#include "core/data/text.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"s", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Bigint)}});

std::string textOf(std::size_t row, std::size_t size) {
    std::string text = std::to_string(row);
    text.resize(size, '.');
    return text;
}

/// Rows of texts of `size` bytes and their numbers; every fifth text is NULL.
Batch rowsOf(std::size_t count, std::size_t size) {
    Rows rows;
    for (std::size_t row = 0; row < count; ++row) {
        rows.push_back({row % 5 == 4 ? Value{} : textOf(row, size), static_cast<std::int64_t>(row)});
    }
    return batchOf(kSchema, rows);
}

QStringList shown(const Batch& batch) {
    QStringList out;
    for (std::size_t row = 0; row < batch.rows; ++row) out << QString::fromStdString(rowText(batch, row));
    return out;
}

std::size_t heapsOf(const Batch& batch) {
    std::size_t bytes = 0;
    for (const BytesRef& heap : batch.column(0).heaps()) bytes += heap.size();
    return bytes;
}

constexpr KeepLimits kPlenty{1'000'000, std::size_t{1} << 30, std::size_t{1} << 30};

}  // namespace

class TestBatchMemory : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void bytesOfStringsCount() {
        QVERIFY(rowsOf(100, 10'000).memoryBytes() > std::size_t{800'000});
        QVERIFY(rowsOf(100, 10'000).memoryBytes() < std::size_t{1'500'000});
        QVERIFY(rowsOf(100, 10).memoryBytes() < std::size_t{4'000});
    }

    /// Ten rows of a large batch keep all of it alive, and all of it counts.
    void aPartCountsAllThatItPins() {
        const Batch whole = rowsOf(1000, 1000);
        QVERIFY(whole.slice(990, 10).memoryBytes() > std::size_t{800'000});
        QVERIFY(whole.column(0).slice(0, 1)->memoryBytes() > std::size_t{800'000});
    }

    void whatIsSharedCountsOnce() {
        Batch batch = rowsOf(100, 10'000);
        const std::size_t once = batch.memoryBytes();
        batch.columns.push_back(batch.columns[0]->slice(0, 100));
        QVERIFY(batch.memoryBytes() - once < std::size_t{10'000});
        const std::vector<Batch> parts{batch.slice(0, 50), batch.slice(50, 50)};
        QVERIFY(memoryBytes(parts) < once + 20'000);
        QVERIFY(memoryBytes(parts) > once);
        QCOMPARE(memoryBytes(std::span<const Batch>()), std::size_t{0});
    }

    void compactedRowsAreTheSameWithoutTheRest() {
        const Batch part = rowsOf(1000, 1000).slice(492, 8);
        const Batch compact = part.compacted();
        QCOMPARE(shown(compact), shown(part));
        QVERIFY(compact.memoryBytes() < std::size_t{10'000});
        QCOMPARE(compact.column(0).heaps().size(), std::size_t{1});
        QVERIFY(compact.column(0).isNull(2));
    }

    void whatIsMostlyUsedIsNotCopied() {
        const Batch whole = rowsOf(100, 1000);
        QCOMPARE(whole.compacted().columns[0].get(), whole.columns[0].get());
        const Batch most = whole.slice(0, 90);
        QCOMPARE(most.compacted().columns[0].get(), most.columns[0].get());
        const Batch few = rowsOf(4, 1000).slice(0, 1);  // 4 KiB pinned are not worth it
        QCOMPARE(few.compacted().columns[0].get(), few.columns[0].get());
    }

    /// One text in every row is one text after the copy, too.
    void repeatedTextsStayShared() {
        Batch batch = rowsOf(100, 10'000).slice(1, 1);
        batch.columns = {batch.columns[0]->repeat(0, 500), batch.columns[1]->repeat(0, 500)};
        batch.rows = 500;
        const Batch compact = batch.compacted();
        QCOMPARE(heapsOf(compact), std::size_t{10'000});
        QCOMPARE(shown(compact), shown(batch));
    }

    /// No ellipsis, which would be a part of the value: one byte more says that it was cut.
    void bytesAreCutToTheirBeginning() {
        const SchemaRef schema = schemaOf({{"b", Type::of(TypeId::Bytes)}});
        const std::string value = std::string(50, '\0') + std::string(50, '\xff');
        const Batch batch = batchOf(schema, {{value}, {value.substr(0, 70)}, {Value{}}});
        KeepLimits limits = kPlenty;
        limits.text = 70;
        const Batch kept = batch.newest(limits);
        QCOMPARE(std::string(kept.column(0).string(0)), value.substr(0, 71));
        QCOMPARE(std::string(kept.column(0).string(1)), value.substr(0, 70));
        QVERIFY(kept.column(0).isNull(2));
        QVERIFY(kept.column(0).type().is(TypeId::Bytes));
    }

    void theNewestRowsFitIntoTheirLimits() {
        const Batch whole = rowsOf(1000, 1000);
        KeepLimits limits = kPlenty;
        limits.rows = 3;
        QCOMPARE(shown(whole.newest(limits)), shown(whole.slice(997, 3)));
        limits = kPlenty;
        limits.bytes = 50'000;
        const Batch fewer = whole.newest(limits);
        QVERIFY(fewer.rows > 30 && fewer.rows < 70);
        QCOMPARE(shown(fewer), shown(whole.slice(1000 - fewer.rows, fewer.rows)));
        QVERIFY(fewer.memoryBytes() < std::size_t{55'000});
        limits.bytes = 1;
        QCOMPARE(whole.newest(limits).rows, std::size_t{1});
        QCOMPARE(whole.emptied().newest(limits).rows, std::size_t{0});
    }

    void longTextsAreCutBetweenCharacters() {
        KeepLimits limits = kPlenty;
        limits.text = 20;
        const Batch batch = batchOf(kSchema, {{std::string("short"), std::int64_t{1}},
                                              {std::string(100, 'x'), std::int64_t{2}},
                                              {Value{}, std::int64_t{3}},
                                              {std::string("xx水水水水水水水水"), std::int64_t{4}}});
        const Batch cut = batch.newest(limits);
        QCOMPARE(shown(cut), (QStringList{"s=short, n=1", "s=xxxxxxxxxxxxxxxxx…, n=2", "s=NULL, n=3",
                                          "s=xx水水水水水…, n=4"}));
        QCOMPARE(shortened("abc", 3), std::string("abc"));
        QCOMPARE(shortened("abcd", 3), std::string("…"));
    }
};

QTEST_APPLESS_MAIN(TestBatchMemory)
#include "test_batch_memory.moc"
