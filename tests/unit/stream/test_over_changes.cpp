// The state of over aggregates by change: whatever enters frames and leaves them while a checkpoint is
// written, it has the rows and aggregates of its barrier.
#include <QtTest/QtTest>
#include <algorithm>
#include <limits>
#include <random>

#include "core/data/raw_fields.h"
#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/sql/aggregates/state_cells.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/watched_frames.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::over;

namespace {

/// Random rows, and checkpoints at any time of them, some of which are never kept.
class Story {
 public:
    explicit Story(std::uint64_t seed) : m_random(seed) {
        const std::string unit = chance(50) ? "ROWS " : "RANGE ";
        const std::string length = std::to_string(pick(0, 12));
        m_frame = unit +
                  (chance(30)        ? "UNBOUNDED"
                   : unit == "ROWS " ? length
                                     : "'" + length + "ms'") +
                  " PRECEDING";
        m_partitioned = chance(80);
        m_wires = pick(1, 2);
        m_batchRows = static_cast<std::size_t>(pick(1, 5));
    }

    /// What was wrong; empty: nothing. `byChange` grows by the checkpoints of changes that were compared.
    std::string run(int& byChange) {
        const BoundForTest bound = bindOver(m_frame, kAll, m_partitioned);
        if (!bound.bound) return "not bound: " + english(bound.issues.front());
        Watched watched(*bound.bound, m_wires, m_batchRows);
        m_watched = &watched;
        watched.betweenCalls = [this] {
            if (m_watched->isFrozen && chance(25) && !m_watched->writeSome()) keep(chance(80));
        };
        for (int steps = pick(10, 30); steps > 0; --steps) {
            step();
            if (!watched.isFrozen && chance(60)) freeze();
            if (!watched.isFrozen && chance(5)) {
                endCheckpoint();
                watched.restart();
                m_needsWhole = true;
            }
        }
        if (watched.isFrozen) endCheckpoint();
        endCheckpoint();
        if (m_wrong.empty()) m_wrong = tail(*bound.bound);
        watched.advance(kMaxTimestamp);
        endCheckpoint();
        byChange += m_compared;
        return m_wrong.empty() ? m_wrong : m_frame + "\n" + m_wrong;
    }

 private:
    int pick(int low, int high) {
        return low + static_cast<int>(m_random() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool chance(int percent) { return pick(0, 99) < percent; }

    std::vector<Given> someRows() {
        std::vector<Given> rows;
        for (int count = pick(0, 8); count > 0; --count)
            rows.push_back({m_now + pick(-2, 8), pick(0, 6), pick(0, 99)});
        return rows;
    }
    /// Rows come, or time goes on; so far, now and then, that nothing is left in frames of a time.
    void step() {
        const WireNumber wire = pick(0, m_wires - 1);
        if (const std::vector<Given> rows = someRows(); !rows.empty())
            m_watched->send(rows, wire, m_watched->watermark());
        if (chance(30)) return;
        m_now += chance(5) ? 40 : pick(0, 6);
        m_watched->advance(m_now);
    }
    void freeze() {
        m_isWhole = m_needsWhole || chance(15);
        m_watched->freeze(m_isWhole);
    }
    void keep(bool kept) {
        m_needsWhole = !kept;
        if (!kept) return;
        m_watched->keep();
        if (!m_isWhole && m_watched->written() > 0) ++m_compared;
        if (m_wrong.empty()) m_wrong = m_watched->difference();
    }
    /// Of the one that is under way, or of one that begins now.
    void endCheckpoint() {
        if (!m_watched->isFrozen) freeze();
        while (m_watched->writeSome()) {
        }
        keep(true);
    }
    /// The rows that come next get the same aggregates after both states of the last barrier.
    std::string tail(const BoundNode& bound) {
        const MakeContext context = contextFor(input(), m_wires, m_batchRows);
        OperatorHarness whole(node(), bound, context), changes(node(), bound, context);
        const std::string state = m_watched->byChange();
        if (!whole.tested().restore(*StateReader::open(m_watched->atBarrier()), {}).ok() ||
            !changes.tested().restore(*StateReader::open(state), {}).ok())
            return "a state is refused";
        const std::int64_t position = m_watched->sent();
        for (int batch = 0; batch < 4; ++batch) {
            std::vector<Given> rows = someRows();
            if (rows.empty()) continue;
            const Batch sent = batchOf(rows, position + 10 * batch, 0, m_watched->watermark());
            for (OperatorHarness* each : {&whole, &changes}) each->send(sent);
        }
        for (OperatorHarness* each : {&whole, &changes}) each->end();
        return whole.lines(0) == changes.lines(0) ? std::string()
                                                  : "other aggregates of the rows that follow";
    }

    std::mt19937_64 m_random;
    std::string m_frame{};
    bool m_partitioned = true;
    int m_wires = 1;
    std::size_t m_batchRows = 1;
    Watched* m_watched = nullptr;
    Instant m_now = 0;
    bool m_needsWhole = true, m_isWhole = true;
    int m_compared = 0;
    std::string m_wrong{};
};

/// The state of a node that has taken one row, which has gone into its frame; and what its record has.
struct OneRow {
    explicit OneRow(const BoundNode& bound) {
        Watched watched(bound);
        watched.send({{100, 1, 7}});
        watched.advance(100);
        watched.freeze(true);
        watched.writeAndKeep();
        inOnePiece = watched.atBarrier();
        byChange = watched.byChange();
        const std::string_view bytes = std::string_view(byChange).substr(state_layout::kSealSize);
        const RawRecord state = rawRecord(bytes).value();
        for (const RawField& field : state.fields) {
            if (field.name != "changed_partitions") continue;
            keyGroup = field.group;
            row = StateReader::unsealed(field.payload).value().batch("rows").value();
            const RawRecord record = rawRecord(field.payload).value();
            for (const RawField& part : record.fields) {
                if (part.name == "aggregate") aggregates += part.all;
            }
        }
    }

    std::string inOnePiece{}, byChange{};
    int keyGroup = 0;
    Batch row{};
    std::string aggregates{};  ///< fields
};

bool isRefusedBy(const BoundNode& bound, std::string state) {
    return restored(bound, sealed(std::move(state))).starts_with("refused");
}

void everyFrame() {
    QTest::addColumn<QString>("frame");
    QTest::newRow("of a time") << QStringLiteral("RANGE '60ms' PRECEDING");
    QTest::newRow("of rows") << QStringLiteral("ROWS 2 PRECEDING");
    QTest::newRow("of all times") << QStringLiteral("RANGE UNBOUNDED PRECEDING");
    QTest::newRow("of all rows") << QStringLiteral("ROWS UNBOUNDED PRECEDING");
}

BoundNodeRef boundOf(const QString& frame, const Json& aggregates = kFew) {
    return bindOver(frame.toStdString(), aggregates).bound;
}

}  // namespace

class TestOverChanges : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void anyFrames() {
        int byChange = 0;
        for (std::uint64_t seed = 1; seed <= affordableCases(200); ++seed) {
            const std::string wrong = Story(seed).run(byChange);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY2(byChange > static_cast<int>(affordableCases(200)) / 2, std::to_string(byChange).c_str());
    }

    void theyAreWrittenPieceByPiece_data() { everyFrame(); }
    void theyAreWrittenPieceByPiece() {
        QFETCH(QString, frame);
        const BoundNodeRef bound = boundOf(frame);
        QVERIFY(bound);
        Watched watched(*bound);
        Instant now = 150;
        for (int i = 0; i < 20; ++i) watched.send(rowsAt(100 + i, 1'000 * i, 1'000));
        watched.advance(now);
        for (int i = 0; i < 10; ++i) watched.send(rowsAt(200, 1'000 * i, 1'000));
        // Rows enter frames, those of old and new keys, and others leave them.
        const auto goOn = [&] {
            now += 20;
            watched.send(rowsAt(now + 5, static_cast<int>(now) % 7 * 2'000, 2'000));
            watched.send(rowsAt(now + 5, 20'000 + static_cast<int>(now) * 50, 300));
            watched.advance(now);
        };
        watched.freeze(true);
        int pieces = 1;
        for (; watched.writeSome(); ++pieces) goOn();
        QVERIFY2(pieces >= 4, std::to_string(pieces).c_str());
        watched.keep();
        QCOMPARE(watched.written(), std::size_t{30'000});
        QCOMPARE(watched.difference(), std::string());

        goOn();
        watched.freeze(false);
        do goOn();
        while (watched.writeSome());
        watched.keep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY2(watched.mostOfPiece() <= kMostOfPiece, std::to_string(watched.mostOfPiece()).c_str());

        watched.advance(now += 10);
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.send(rowsAt(now + 5, 1, 10));  // they wait
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{10});
        QCOMPARE(watched.difference(), std::string());
        watched.advance(now += 5);  // and enter their frames
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{10});
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{0});
        QCOMPARE(watched.difference(), std::string());
    }

    void aCheckpointThatIsNeverKept_data() { everyFrame(); }
    void aCheckpointThatIsNeverKept() {
        QFETCH(QString, frame);
        const BoundNodeRef bound = boundOf(frame);
        QVERIFY(bound);
        Watched watched(*bound);
        watched.send(rowsAt(100, 0, 1'000));
        watched.advance(100);
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(rowsAt(120, 0, 300));
        watched.advance(120);
        watched.freeze(false);
        watched.send(rowsAt(140, 200, 300));
        watched.advance(140);
        while (watched.writeSome()) {
        }  // the disk is full, say
        watched.send(rowsAt(175, 400, 900));
        watched.advance(175);
        watched.freeze(true);
        watched.send(rowsAt(230, 0, 700));
        watched.advance(230);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    /// Their slots, and those of their rows, get other keys.
    void partitionsGoAndOthersComeWhileTheyAreWritten() {
        const BoundNodeRef bound = boundOf(QStringLiteral("RANGE '5ms' PRECEDING"));
        QVERIFY(bound);
        Watched watched(*bound);
        watched.send(rowsAt(100, 0, 12'000));
        watched.advance(100);
        for (const bool whole : {true, false, false}) {
            const Instant now = watched.watermark();
            const int first = static_cast<int>(now) * 100;
            watched.freeze(whole);
            (void)watched.writeSome();
            watched.advance(now + 10);
            QCOMPARE(watched.op().stateSize().keys, std::size_t{0});
            watched.send(rowsAt(now + 20, first, 12'000));
            watched.advance(now + 20);
            watched.writeAndKeep();
            QCOMPARE(watched.written(), std::size_t{12'000});
            QCOMPARE(watched.difference(), std::string());
        }
        watched.freeze(false);
        watched.advance(kMaxTimestamp);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{0});
        QCOMPARE(watched.difference(), std::string());
    }

    void copiesAreReleased_data() {
        QTest::addColumn<QString>("frame");
        QTest::newRow("of rows") << QStringLiteral("ROWS 1 PRECEDING");
        QTest::newRow("of all rows") << QStringLiteral("ROWS UNBOUNDED PRECEDING");
    }
    void copiesAreReleased() {
        QFETCH(QString, frame);
        const BoundNodeRef bound = boundOf(frame);
        QVERIFY(bound);
        Watched watched(*bound);
        watched.send(rowsAt(100, 0, 10'000));
        watched.advance(100);
        watched.freeze(true);
        watched.writeAndKeep();
        const std::size_t before = watched.op().stateSize().bytes;
        watched.freeze(true);
        watched.send(rowsAt(101, 0, 10'000));
        watched.advance(101);
        const std::size_t during = watched.op().stateSize().bytes;
        QVERIFY(during > before);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY(watched.op().stateSize().bytes < during);
    }

    void rowsThatCannotBeAreRefused_data() {
        QTest::addColumn<QString>("frame");
        QTest::newRow("of a time") << QStringLiteral("RANGE '60ms' PRECEDING");
        QTest::newRow("of rows") << QStringLiteral("ROWS 2 PRECEDING");
    }
    void rowsThatCannotBeAreRefused() {
        QFETCH(QString, frame);
        const BoundNodeRef bound = boundOf(frame), none = boundOf(QStringLiteral("ROWS 0 PRECEDING"));
        QVERIFY(bound && none);
        const OneRow one(*bound);
        const auto isRefused = [&](int otherGroup, std::uint32_t version, std::size_t rows,
                                   const std::vector<std::uint32_t>& places, const std::string& before) {
            StateWriter writer;
            writer.keyed("changed_partitions", one.keyGroup ^ otherGroup, version, [&](StateWriter& out) {
                out.batch("rows", one.row.select(std::vector<std::uint32_t>(rows, 0)));
                sql::StateFieldsWriter fields;
                fields("places", places);
                fields.writeTo(out);
            });
            return isRefusedBy(*bound, before + writer.takeFields());
        };
        const std::string empty = StateWriter().finish();
        QVERIFY(!isRefused(0, 1, 1, {0}, empty));
        QVERIFY(!isRefused(0, 1, 3, {2, 0, 1}, empty));
        QVERIFY(isRefused(1, 1, 1, {0}, empty));
        QVERIFY(isRefused(0, 2, 1, {0}, empty));
        QVERIFY(isRefused(0, 1, 2, {0}, empty));
        QVERIFY(isRefused(0, 1, 1, {}, empty));
        QVERIFY(isRefused(0, 1, 2, {3, 3}, empty));
        QVERIFY(isRefused(0, 1, 1, {0}, one.inOnePiece));  // the partition is there
        QVERIFY(isRefusedBy(*none, one.byChange));         // which keeps no rows
    }

    void aggregatesThatCannotBeAreRefused() {
        const BoundNodeRef bound = boundOf(QStringLiteral("ROWS UNBOUNDED PRECEDING"));
        QVERIFY(bound);
        const OneRow one(*bound);
        const auto isRefused = [&](int otherGroup, std::uint32_t version,
                                   const std::vector<std::int64_t>& counts, const std::string& sums) {
            ColumnBuilder column(Type::of(TypeId::Bigint));
            for (const std::int64_t count : counts) column.append(count);
            Batch rows = one.row.select(std::vector<std::uint32_t>(counts.size(), 0));
            rows.columns.back() = column.finish();
            StateWriter writer;
            writer.keyed("changed_partitions", one.keyGroup ^ otherGroup, version, [&](StateWriter& out) {
                out.batch("rows", rows);
                out.copy(sums);
            });
            return isRefusedBy(*bound, StateWriter().finish() + writer.takeFields());
        };
        QVERIFY(!isRefused(0, 1, {1}, one.aggregates));
        QVERIFY(isRefused(1, 1, {1}, one.aggregates));
        QVERIFY(isRefused(0, 2, {1}, one.aggregates));
        QVERIFY(isRefused(0, 1, {0}, one.aggregates));
        QVERIFY(isRefused(0, 1, {std::numeric_limits<std::int64_t>::max()}, one.aggregates));
        QVERIFY(isRefused(0, 1, {1, 1}, one.aggregates));  // it is there twice
        QVERIFY(isRefused(0, 1, {1}, std::string()));
    }

    void brokenBytesAreRefused_data() { everyFrame(); }
    void brokenBytesAreRefused() {
        QFETCH(QString, frame);
        const BoundNodeRef bound = boundOf(frame, kAll);
        QVERIFY(bound);
        Watched watched(*bound);
        watched.send(rowsAt(100, 0, 6));
        watched.advance(100);
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(rowsAt(130, 3, 6));
        watched.send(rowsAt(131, 3, 2));
        watched.advance(131);
        watched.send(rowsAt(140, 0, 4));
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());

        const std::string bytes = watched.byChange().substr(state_layout::kSealSize);
        int accepted = 0, refused = 0;
        const auto tryBytes = [&](const std::string& record) {
            const auto op = make(*bound);
            const Result<StateReader> reader = StateReader::unsealed(record);
            const bool ok = reader.ok() && op->restore(*reader, {}).ok();
            ++(ok ? accepted : refused);
            if (!ok) return;
            // Another state, perhaps, but none that it can't go on with.
            Ignored out;
            Status status = op->onBatch(0, batchOf(rowsAt(150, 0, 20), 100), out);
            while (status.ok() && op->hasMore()) status = op->resume(out);
            if (status.ok()) status = op->onWatermark(kMaxTimestamp, out);
            while (status.ok() && op->hasMore()) status = op->resume(out);
        };
        for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 500)
            tryBytes(bytes.substr(0, size));
        QVERIFY2(refused > accepted, qPrintable(QStringLiteral("%1, %2").arg(refused).arg(accepted)));
        accepted = refused = 0;
        std::mt19937_64 random(1);
        for (std::uint64_t i = 0; i < affordableCases(2'000); ++i) {
            std::string wrong = bytes;
            for (std::size_t n = 1 + random() % 3; n > 0; --n)
                wrong[random() % wrong.size()] = static_cast<char>(random());
            tryBytes(wrong);
        }
        QVERIFY2(accepted > 0, "nothing was accepted: the operator was not tried");
        QVERIFY2(refused > 0, "nothing was refused");
    }
};

QTEST_APPLESS_MAIN(TestOverChanges)
#include "test_over_changes.moc"
