// The rows of sort, which wait for the watermark: in checkpoints by change, and in files.
#include <QtTest>

#include <algorithm>
#include <cerrno>
#include <random>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/store/spill_folder.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/written_group.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"ts", Type::of(TypeId::Timestamp)},
                                    {"text", Type::of(TypeId::String)},
                                    {"number", Type::of(TypeId::Double)}});

/// So many rows of a random wire that wait for longer than the watermark, some for long.
Batch waitingRows(int count, Instant watermark, std::mt19937& random) {
    Rows rows;
    for (; count > 0; --count) {
        const auto wait = static_cast<Instant>(1 + random() % 5'000);
        rows.push_back({watermark + wait, "text " + std::to_string(random() % 3'000), 0.5});
    }
    Batch batch = batchOf(kSchema, rows);
    batch.wire = firstWireOf(static_cast<int>(random() % 3));
    return batch;
}

const NodeKind& sortNode() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("sort");
}

StreamType sortInput() {
    StreamType input;
    input.schema = kSchema;
    input.eventTime = 0;
    return input;
}

BoundNodeRef boundSort() {
    return bindNode(sortNode(), Json::object(), {sortInput()}).bound;
}

/// The same rows and watermarks for two operators, which end then.
void feedBoth(OperatorHarness& one, OperatorHarness& other, unsigned seed) {
    std::mt19937 random(seed);
    Instant watermark = 0;
    for (int step = 0; step < 12; ++step) {
        const Batch rows = waitingRows(static_cast<int>(random() % 400), watermark, random);
        watermark += static_cast<Instant>(random() % 900);
        for (OperatorHarness* const each : {&one, &other}) {
            each->send(rows);
            each->advance(watermark);
        }
    }
    one.end();
    other.end();
}

}  // namespace

class TestSort : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    // What sort lets go while a checkpoint is written, and behind it, is told by the watermark.
    void sortWritesTheRowsThatWaitByChange_data() {
        QTest::addColumn<qulonglong>("memory");
        QTest::newRow("all in memory") << qulonglong{0};
        QTest::newRow("some in memory") << qulonglong{1'000'000};
        QTest::newRow("none in memory") << qulonglong{1};
    }
    void sortWritesTheRowsThatWaitByChange() {
        QFETCH(qulonglong, memory);
        const BoundNodeRef bound = boundSort();
        QVERIFY(bound && bound->spills);
        const MakeContext context = contextFor(sortInput());
        WrittenGroup written(sortNode(), bound, memory == 0 ? context : spilling(context, memory), 1,
                             {"held"});
        OperatorGroup& rows = written.group();
        std::mt19937 random(11);
        Instant watermark = 0;
        rows.send(waitingRows(20'000, watermark, random));
        for (int checkpoint = 0; checkpoint < 12; ++checkpoint) {
            written.barrier(checkpoint % 4 == 0);
            QVERIFY(written.writePiece() || checkpoint > 0);  // 20 000 rows are several pieces
            rows.send(waitingRows(2'000, watermark, random));
            watermark += checkpoint == 0 ? 6'000 : static_cast<Instant>(random() % 2'000);  // all, or some
            rows.advance(watermark);
            if (checkpoint % 4 == 3) {
                written.writeAll();  // and it is not kept
                continue;
            }
            written.keep();
            QCOMPARE(written.problem(), std::string());
        }
        watermark += 6'000;
        rows.advance(watermark);
        written.barrier(true);
        written.keep();
        QCOMPARE(written.written(), std::size_t{0});
        QCOMPARE(written.problem(), std::string());
        for (const std::size_t came : {std::size_t{100}, std::size_t{0}}) {
            rows.send(waitingRows(static_cast<int>(came), watermark, random));
            written.barrier(false);
            written.keep();
            QCOMPARE(written.written(), came);
            QCOMPARE(written.problem(), std::string());
        }
        rows.end();
        written.barrier(false);
        written.keep();
        QCOMPARE(written.bytes(), std::size_t{0});
        QCOMPARE(written.problem(), std::string());
        QCOMPARE(rows.table(0).size(), std::size_t{44'100});
        QCOMPARE(rows.breaches(), std::vector<std::string>{});
    }

    void sortedRowsInFilesLeaveInTheSameOrder() {
        const BoundNodeRef bound = boundSort();
        std::size_t files = 0;
        for (unsigned seed = 1; seed <= 40; ++seed) {
            const auto disk = std::make_shared<MemoryOutputs>();
            const MakeContext context = contextFor(sortInput(), 3, 1 + seed * 37 % 100);
            OperatorHarness inMemory(sortNode(), *bound, context);
            OperatorHarness inFiles(sortNode(), *bound,
                                    spilling(context, seed % 3 == 0 ? 1 : seed * 997 % 40'000, disk));
            disk->fails = [&files](const std::string& what, const std::string&) {
                files += what == "create" ? 1 : 0;
                return 0;
            };
            feedBoth(inMemory, inFiles, seed);
            QVERIFY2(inFiles.lines(0) == inMemory.lines(0), qPrintable(QString::number(seed)));
            QCOMPARE(inFiles.breaches(), std::vector<std::string>{});
            QCOMPARE(inFiles.tested().stateSize().keys, std::size_t{0});
            QVERIFY(disk->contents().empty());
        }
        QVERIFY2(files > 200, std::to_string(files).c_str());
    }

    void rowsBeyondTheShareOfSortAreInFiles() {
        constexpr std::uint64_t kShare = 500'000;
        const BoundNodeRef bound = boundSort();
        const MakeContext context = contextFor(sortInput());
        OperatorHarness sorting(sortNode(), *bound, spilling(context, kShare));
        std::mt19937 random(3);
        std::size_t most = 0;
        for (int i = 0; i < 60; ++i) {
            sorting.send(waitingRows(500, 0, random));
            most = std::max(most, sorting.tested().stateSize().bytes);
        }
        QVERIFY2(most < kShare + kShare / 4, std::to_string(most).c_str());
        QVERIFY(sorting.tested().stateSize().spilled > kShare);
        QCOMPARE(sorting.tested().stateSize().keys, std::size_t{30'000});
        Status status = sorting.tested().onWatermark(kMaxTimestamp, sorting);
        while (status.ok() && sorting.tested().hasMore()) {
            status = sorting.tested().resume(sorting);
            most = std::max(most, sorting.tested().stateSize().bytes);
        }
        QVERIFY(status.ok());
        QVERIFY2(most < 2 * kShare, std::to_string(most).c_str());
        QCOMPARE(sorting.lines(0).size(), std::size_t{30'000});
    }

    // The checkpoint is as slow as can be; of what it has much comes back from files, and leaves, before.
    void rowsBehindABarrierGoToFilesToo() {
        constexpr std::uint64_t kShare = 400'000;
        const BoundNodeRef bound = boundSort();
        WrittenGroup written(sortNode(), bound, spilling(contextFor(sortInput()), kShare), 1, {"held"});
        OperatorGroup& rows = written.group();
        std::mt19937 random(13);
        Instant watermark = 0;
        for (int i = 0; i < 20; ++i) rows.send(waitingRows(1'000, watermark, random));
        for (const bool whole : {true, false, false}) {
            written.barrier(whole);
            std::size_t most = 0;
            for (int i = 0; i < 20; ++i) {
                rows.send(waitingRows(1'000, watermark, random));
                rows.advance(watermark += 200);
                most = std::max(most, rows.stateSize().bytes);
            }
            QVERIFY2(most < kShare + kShare / 2, std::to_string(most).c_str());
            written.keep();
            QCOMPARE(written.problem(), std::string());
        }
        rows.end();
        QCOMPARE(rows.table(0).size(), std::size_t{80'000});
        QCOMPARE(rows.breaches(), std::vector<std::string>{});
    }

    void piecesAreAskedForWhileRowsGoToFiles() {
        const BoundNodeRef bound = boundSort();
        OperatorHarness sorting(sortNode(), *bound, spilling(contextFor(sortInput(), 1, 10), 150'000));
        Operator& op = sorting.tested();
        auto& changing = dynamic_cast<ChangingState&>(op);
        std::mt19937 random(17);
        sorting.send(waitingRows(900, 0, random));
        StateWriter out;
        changing.writeRest(out);
        changing.freeze(true);
        int calls = 0;
        QVERIFY(op.onBatch(0, waitingRows(2'700, 0, random), sorting).ok());
        for (; op.hasMore(); ++calls) {
            QVERIFY(changing.writePiece(out));
            QVERIFY(op.resume(sorting).ok());
        }
        QVERIFY2(calls > 10, std::to_string(calls).c_str());
        while (changing.writePiece(out)) {
        }
        QVERIFY(changing.writing().ok());
        std::string state = StateWriter().finish() + out.takeFields();
        StateWriter::sealAnew(state);
        OperatorGroup again(sortNode(), *bound, contextFor(sortInput()), 1);
        again.resume({state}, 1);
        QCOMPARE(again.breaches(), std::vector<std::string>{});
        QCOMPARE(again.stateSize().keys, std::size_t{900});
    }

    // Of each batch a few rows wait for long.
    void rowsFarOutOfOrderMakeNoSmallFiles() {
        constexpr std::size_t kShare = 200'000;
        const auto disk = std::make_shared<MemoryOutputs>();
        const BoundNodeRef bound = boundSort();
        OperatorHarness sorting(sortNode(), *bound, spilling(contextFor(sortInput()), kShare, disk));
        Instant watermark = 0;
        for (int i = 0; i < 1'500; ++i) {
            Rows rows;
            for (int row = 0; row < 200; ++row)
                rows.push_back(
                    {watermark + (row < 10 ? 100'000 - row * 70 : 1), "text " + std::to_string(row), 0.5});
            sorting.send(batchOf(kSchema, rows));
            sorting.advance(++watermark);
            if (i == 80) QCOMPARE(disk->contents().size(), std::size_t{0});  // 810 rows wait
        }
        QVERIFY(disk->contents().size() > 2);
        for (const auto& [path, bytes] : disk->contents())
            QVERIFY2(bytes.size() > kShare / 8, std::to_string(bytes.size()).c_str());
        sorting.end();
        QCOMPARE(sorting.lines(0).size(), std::size_t{300'000});
        QCOMPARE(sorting.breaches(), std::vector<std::string>{});
    }

    void aDiskThatFailsWhileRowsAreSorted_data() {
        QTest::addColumn<bool>("asked");  // for files
        QTest::newRow("asked") << true;
        QTest::newRow("nobody asked") << false;
    }
    void aDiskThatFailsWhileRowsAreSorted() {
        QFETCH(bool, asked);
        const auto disk = std::make_shared<MemoryOutputs>();
        int left = 5;
        disk->fails = [&left](const std::string& what, const std::string&) {
            return what == "write" && left-- <= 0 ? ENOSPC : 0;
        };
        const MakeContext context = contextFor(sortInput());
        MakeContext spills = spilling(context, 1, disk);
        SpillFolderOptions options;
        options.optional = true;
        if (!asked) spills.spill = *SpillFolder::open(disk, MemoryFiles(), "/other", options);
        const BoundNodeRef bound = boundSort();
        OperatorHarness inMemory(sortNode(), *bound, context), inFiles(sortNode(), *bound, spills);
        inFiles.stopAfter(2'000);  // a run would end
        feedBoth(inMemory, inFiles, 1);
        QVERIFY(left < 0);
        QCOMPARE(inFiles.breaches().empty(), !asked);
        if (asked) return;
        QCOMPARE(inFiles.tested().takeNotes().size(), std::size_t{1});
        QVERIFY(inFiles.lines(0) == inMemory.lines(0));
    }

    void aDamagedFileOfSortedRowsEndsTheRun() {
        const auto disk = std::make_shared<MemoryOutputs>();
        const BoundNodeRef bound = boundSort();
        OperatorHarness sorting(sortNode(), *bound, spilling(contextFor(sortInput()), 1, disk));
        std::mt19937 random(5);
        sorting.send(waitingRows(500, 0, random));
        for (auto [path, bytes] : disk->contents()) {
            bytes.back() = static_cast<char>(bytes.back() ^ 1);
            disk->put(path, bytes);
        }
        Operator& op = sorting.tested();
        auto& changing = dynamic_cast<ChangingState&>(op);
        StateWriter out;
        QVERIFY(!op.snapshot(out).ok());
        changing.freeze(true);
        for (int pieces = 0; changing.writing().ok() && pieces < 1'000; ++pieces)
            QVERIFY(changing.writePiece(out));
        QCOMPARE(changing.writing().error().code, ErrorCode::Io);
        Status status = op.onWatermark(kMaxTimestamp, sorting);
        while (status.ok() && op.hasMore()) status = op.resume(sorting);
        QVERIFY(!status.ok());
    }
};

QTEST_APPLESS_MAIN(TestSort)
#include "test_sort.moc"
