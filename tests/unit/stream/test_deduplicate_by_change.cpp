// The state of deduplicate in checkpoints by change: it is that of the barrier, whatever comes while its
// pieces are written, and each of them is bounded; also where keys of first rows, or newest rows, are in
// files, which change no result.
#include <QtTest/QtTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <random>

#include "core/data/state_reader.h"
#include "core/store/spill_folder.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/sanitizer.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/dedup_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kDedupKeys = 20'000;
constexpr std::size_t kMostOfPiece = 8'192;

/// Keys that the records of a state tell of.
std::size_t keysWritten(const std::string& state) {
    std::size_t keys = 0;
    const Result<StateReader> reader = StateReader::open(state);
    if (!reader.ok()) return std::numeric_limits<std::size_t>::max();
    for (const char* const name : {"emitted", "latest", "changed_latest"}) {
        const auto records = reader->keyed(name).value();
        for (const auto& [group, record] : records)
            keys += record.has("keys") ? record.u64("keys").value() : record.batch("rows").value().rows;
    }
    return keys;
}

/// A state of one record of changed rows, whose places are `places` zeroes.
std::string stateOfChanges(const Rows& rows, int keyGroup, std::uint32_t version, std::size_t places) {
    ColumnBuilder builder(Type::of(TypeId::Bigint));
    for (std::size_t i = 0; i < places; ++i) builder.append(std::int64_t{0});
    const ColumnRef zeroes = builder.finish();
    StateWriter out;
    out.keyed("changed_latest", keyGroup, version, [&](StateWriter& record) {
        record.batch("rows", batchOf(dedupInput().schema, rows));
        record.column("wires", *zeroes);
        record.column("positions", *zeroes);
    });
    return out.finish();
}

/// One instance of the node, and its checkpoints.
class DedupRun {
 public:
    explicit DedupRun(const char* keep, std::uint64_t memory = 0)
        : m_bound(boundDedup(keep)),
          m_context(dedupContext(memory)),
          m_harness(deduplicateNode(), *m_bound, m_context),
          m_changing(dynamic_cast<ChangingState&>(m_harness.tested())) {}

    OperatorHarness* operator->() { return &m_harness; }
    SimulatedClock& clock() { return dynamic_cast<SimulatedClock&>(*m_context.clock); }
    void send(const Rows& rows) {
        Batch batch = batchOf(dedupInput().schema, rows);
        batch.positions.first = m_sent;
        m_sent += static_cast<std::int64_t>(rows.size());
        m_harness.send(batch);
    }
    /// A row of each of the keys first … end − 1; its event time is `time` and `step` times its number.
    void send(int first, int end, Instant time, Millis step = 0) {
        constexpr int kAtOnce = 1'000;
        for (int from = first; from < end; from += kAtOnce) {
            Rows rows;
            for (int key = from; key < std::min(from + kAtOnce, end); ++key)
                rows.push_back(dedupRow(key, m_sent + key, time + step * key));
            send(rows);
        }
    }

    void barrier(bool whole) {
        m_atBarrier = stateOf(m_harness.tested());
        StateWriter rest;
        m_changing.writeRest(rest);
        m_rest = rest.finish();
        m_changing.freeze(whole);
        m_whole = whole;
        m_frozen = true;
        m_part.clear();
        m_pieces = 0;
    }
    /// At most so many pieces of what is frozen.
    void write(int most) {
        for (; most > 0 && m_frozen; --most) {
            m_frozen = m_changing.writePiece(m_out);
            const std::string piece = m_out.takeFields();
            m_mostOfPiece = std::max(m_mostOfPiece, keysWritten(sealed(m_rest + piece)));
            m_part += piece;
            ++m_pieces;
        }
    }
    /// All of them, and the checkpoint is there.
    void keep() {
        write(std::numeric_limits<int>::max());
        m_parts = m_whole ? m_part : m_parts + m_part;
    }
    std::size_t pieces() const { return m_pieces; }  ///< of the last checkpoint
    std::size_t written() const { return keysWritten(sealed(m_rest + m_part)); }
    std::size_t mostOfPiece() const { return m_mostOfPiece; }

    /// Whether what was kept is the state at the last barrier, for one instance and for two.
    bool isAsAtBarrier() const {
        const std::array owners{KeyGroups{}, keyGroupsOf(0, 2), keyGroupsOf(1, 2)};
        return std::all_of(owners.begin(), owners.end(), [this](const KeyGroups& own) {
            const std::string found = restored(sealed(m_rest + m_parts), own);
            return !found.empty() && found == restored(m_atBarrier, own);
        });
    }
    /// The state of an instance that has restored this one; empty: it refused it.
    std::string restored(const std::string& state, const KeyGroups& own = {}) const {
        Result<Made> made = deduplicateNode().make(*m_bound, m_context);
        const auto other = std::get<std::unique_ptr<Operator>>(std::move(made).value());
        const Result<StateReader> reader = StateReader::open(state);
        if (!reader.ok() || !other->restore(*reader, own).ok()) return {};
        return stateOf(*other);
    }

 private:
    static std::string stateOf(const Operator& of) {
        StateWriter out;
        return of.snapshot(out).ok() ? out.finish() : std::string();
    }
    static std::string sealed(std::string state) {
        StateWriter::sealAnew(state);
        return state;
    }

    const BoundNodeRef m_bound;
    const MakeContext m_context;
    OperatorHarness m_harness;
    ChangingState& m_changing;
    std::int64_t m_sent = 0;
    std::string m_atBarrier{}, m_rest{};  ///< as the operator wrote them then
    std::string m_part{}, m_parts{};      ///< of the last checkpoint; of those that were kept
    StateWriter m_out{};
    bool m_whole = true, m_frozen = false;
    std::size_t m_pieces = 0, m_mostOfPiece = 0;
};

}  // namespace

class TestDeduplicateByChange : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void newestRowsThatAreReplacedWhileTheyAreWritten() {
        DedupRun run("last");
        run.send(0, kDedupKeys, 1);
        run.barrier(true);
        run.write(1);
        run.send(0, 15'000, 2);  // written ones, and others
        run.send(kDedupKeys, kDedupKeys + 500, 2);
        run.keep();
        QCOMPARE(run.pieces(), std::size_t{3});  // the last one of rows that were replaced
        QCOMPARE(run.written(), std::size_t{kDedupKeys});
        QVERIFY(run.isAsAtBarrier());

        run.barrier(false);
        run.send(5'000, 15'000, 3);
        run.send({dedupRow(1, 1, 5), dedupRow(1, 2, 6), dedupRow(1, 3, 5)});
        run.write(1);
        run.send(5'000, 15'000, 4);  // as they were at the barrier, they wait to be written
        run.keep();
        QCOMPARE(run.written(), std::size_t{15'500});
        QVERIFY(run.isAsAtBarrier());

        run.barrier(false);
        run.keep();
        QCOMPARE(run.written(), std::size_t{10'001});
        QVERIFY(run.isAsAtBarrier());
        QVERIFY2(run.mostOfPiece() <= kMostOfPiece, std::to_string(run.mostOfPiece()).c_str());
        QCOMPARE(run->breaches(), std::vector<std::string>{});
    }

    void rowsThatAreNotTheNewestChangeNothing() {
        DedupRun run("last");
        run.barrier(true);
        run.keep();
        QVERIFY(run.isAsAtBarrier());  // without any key
        run.send(0, 100, 10);
        run.barrier(false);
        run.keep();
        QCOMPARE(run.written(), std::size_t{100});
        run.send(0, 100, 9);
        run.barrier(false);
        run.keep();
        QCOMPARE(run.written(), std::size_t{0});
        QVERIFY(run.isAsAtBarrier());
    }

    void newestRowsOfACheckpointThatIsNotKept() {
        DedupRun run("last");
        run.send(0, kDedupKeys, 1);
        run.barrier(true);
        run.keep();
        run.send(0, 12'000, 2);
        run.barrier(false);
        run.write(1);
        run.send(0, 12'000, 3);
        run.write(std::numeric_limits<int>::max());  // and it is not kept
        run.send(6'000, kDedupKeys, 4);
        run.barrier(true);
        run.send(0, kDedupKeys, 5);
        run.keep();
        QCOMPARE(run.written(), std::size_t{kDedupKeys});
        QVERIFY(run.isAsAtBarrier());
        run.barrier(false);
        run.keep();
        QVERIFY(run.isAsAtBarrier());
    }

    /// Rows that are kept until they are written are let go then.
    void replacedRowsTakeNoMemoryForEver() {
        DedupRun run("last");
        run.send(0, kDedupKeys, 0);
        std::size_t bytes = 0;
        for (int round = 1; round <= 8; ++round) {
            run.barrier(round == 1);
            run.send(0, kDedupKeys, round);
            run.keep();
            if (round == 3) bytes = run->tested().stateSize().bytes;
        }
        const std::size_t now = run->tested().stateSize().bytes;
        QVERIFY2(now <= bytes + bytes / 10, qPrintable(QStringLiteral("%1, then %2").arg(bytes).arg(now)));
    }

    /// A piece of long rows has fewer of them.
    void longRowsGoFewAtATime() {
        DedupRun run("last");
        const std::string text(std::size_t{16} << 10, 'x');
        for (int key = 0; key < 500; ++key)
            run.send({{Value(text + std::to_string(key)), Value{}, Value(Instant{0})}});
        run.barrier(true);
        run.keep();
        QCOMPARE(run.written(), std::size_t{500});
        QVERIFY2(run.mostOfPiece() < 300, std::to_string(run.mostOfPiece()).c_str());
        QVERIFY(run.isAsAtBarrier());
    }

    void changesThatCantBeBelieved() {
        const DedupRun run("last");
        const std::vector<Value> row = dedupRow(7, 1, 1);
        std::vector<std::uint64_t> hashes;
        hashKeys(batchOf(dedupInput().schema, {row}), std::array{0}, hashes);
        const int group = keyGroupOf(hashes[0]);
        QVERIFY(!run.restored(stateOfChanges({row}, group, 1, 1)).empty());
        QVERIFY(run.restored(stateOfChanges({row}, group ^ 1, 1, 1)).empty());
        QVERIFY(run.restored(stateOfChanges({row}, group, 2, 1)).empty());
        QVERIFY(run.restored(stateOfChanges({row}, group, 1, 2)).empty());
        QVERIFY(run.restored(stateOfChanges({row, row}, group, 1, 2)).empty());  // a key stands there once
    }

    void firstRowsThatLeaveWhileTheyAreWritten_data() { memories(); }
    void firstRowsThatLeaveWhileTheyAreWritten() {
        QFETCH(qulonglong, memory);
        DedupRun run("first", memory);
        run.send(0, kDedupKeys, 0, 1);
        run->advance(9'999);
        run.barrier(true);
        run.write(1);
        run->advance(11'000);             // rows that waited at the barrier
        run.send(0, kDedupKeys, 30'000);  // none of them is the first
        run.send(40'000, 41'000, 0, 1);
        run.write(1);  // keys of rows that wait among them
        run->advance(25'000);
        run.keep();
        if (memory == 0) QCOMPARE(run.pieces(), std::size_t{3});
        QCOMPARE(run.written(), std::size_t{10'000});
        QVERIFY(run.isAsAtBarrier());

        run.barrier(false);
        run->advance(50'000);
        run.keep();
        QCOMPARE(run.written(), std::size_t{10'000});
        QVERIFY(run.isAsAtBarrier());

        run.barrier(false);
        run.keep();
        QCOMPARE(run.written(), std::size_t{1'000});
        QVERIFY(run.isAsAtBarrier());
        run.barrier(false);
        run.keep();
        QCOMPARE(run.written(), std::size_t{0});
        QVERIFY(run.isAsAtBarrier());
        QVERIFY2(run.mostOfPiece() <= kMostOfPiece, std::to_string(run.mostOfPiece()).c_str());
        QCOMPARE(run->lines(0).size(), std::size_t{kDedupKeys + 1'000});
        QCOMPARE(run->breaches(), std::vector<std::string>{});
        QCOMPARE(run->tested().stateSize().spilled > 0, memory > 0);
        QCOMPARE(run->tested().stateSize().keys, std::size_t{kDedupKeys + 1'000});
    }

    void firstRowsOfACheckpointThatIsNotKept_data() { memories(); }
    void firstRowsOfACheckpointThatIsNotKept() {
        QFETCH(qulonglong, memory);
        DedupRun run("first", memory);
        run.send(0, kDedupKeys, 0, 1);
        run->advance(4'999);
        run.barrier(true);
        run.keep();
        run->advance(14'999);
        run.barrier(false);
        run.write(1);
        run->advance(15'999);
        run.write(std::numeric_limits<int>::max());  // and it is not kept
        run.barrier(true);
        run->advance(16'999);
        run.keep();
        QCOMPARE(run.written(), std::size_t{16'000});
        QVERIFY(run.isAsAtBarrier());
        run.barrier(false);
        run.keep();
        QCOMPARE(run.written(), std::size_t{1'000});
        QVERIFY(run.isAsAtBarrier());
    }

    /// The same rows in the same order, or the same table, with any memory, checkpoints in between and other
    /// numbers of instances.
    void keysInFilesChangeNoRow_data() { kept(); }
    void keysInFilesChangeNoRow() {
        QFETCH(QString, keep);
        const bool isFirst = keep == QStringLiteral("first");
        const BoundNodeRef bound = boundDedup(qPrintable(keep));
        std::size_t goneBack = 0, spilled = 0;
        const std::uint64_t cases = affordableCases(200, 20);
        for (std::uint64_t seed = 0; seed < cases; ++seed) {
            std::mt19937_64 random(seed);
            const auto events = eventsOf(random, 100, 1 + static_cast<int>(random() % 400));
            CheckpointedGroup inMemory(deduplicateNode(), *bound, dedupContext(0), 1);
            inMemory.run(events, random, false);
            MakeContext context = dedupContext(1 + random() % 3 * (random() % 60'000));
            context.batchRows = 2 + random() % 100;  // a change has two rows
            CheckpointedGroup inFiles(deduplicateNode(), *bound, context, 1 + static_cast<int>(seed % 3));
            inFiles.run(events, random, seed % 4 > 0);
            const std::string named = "case " + std::to_string(seed);
            QVERIFY2(inFiles.status().ok(), named.c_str());
            QVERIFY2(inFiles.table() == inMemory.table(), named.c_str());
            goneBack += inFiles.goneBack();
            spilled += inFiles.first().stateSize().spilled;
            OperatorHarness one(deduplicateNode(), *bound, context),
                other(deduplicateNode(), *bound, dedupContext(0));
            for (OperatorHarness* const harness : {&one, &other}) {
                for (const auto& event : events) {
                    const Instant* const watermark = std::get_if<Instant>(&event);
                    watermark ? harness->advance(*watermark) : harness->send(std::get<Batch>(event));
                }
            }
            QVERIFY2(one.table(0) == other.table(0) && one.lines(1) == other.lines(1), named.c_str());
            QVERIFY2(!isFirst || one.lines(0) == other.lines(0), named.c_str());
            if (!isFirst) QCOMPARE(one.tested().stateSize().keys, other.tested().stateSize().keys);
            QCOMPARE(one.breaches(), std::vector<std::string>{});
        }
        QVERIFY(goneBack > cases / 2);
        QVERIFY(spilled > 0);
    }

    /// Rows of keys whose newest ones are in files wait for a second, and the watermark with them.
    void rowsThatWaitGoOnAfterASecond() {
        DedupRun run("last", 1);
        run.send({dedupRow(1, 10, 5), dedupRow(2, 20, 5)});
        run->advance(4);
        QCOMPARE(run->lines(0).size(), std::size_t{2});
        run.send({dedupRow(1, 11, 7), dedupRow(2, 21, 4)});
        run->advance(6);
        QCOMPARE(run->lines(0).size(), std::size_t{2});
        QCOMPARE(run->watermarkOf(0), Instant{4});
        QVERIFY(run->tested().takesMore());
        run.clock().skipTo(run->tested().wakesAt());
        run->wake();
        const std::vector<std::string>& lines = run->lines(0);
        QCOMPARE(lines.size(), std::size_t{4});  // an older row changes nothing
        QVERIFY2(lines[2].starts_with("-U ") && lines[2].find("|10|") != std::string::npos, lines[2].c_str());
        QVERIFY2(lines[3].starts_with("+U ") && lines[3].find("|11|") != std::string::npos, lines[3].c_str());
        QCOMPARE(run->watermarkOf(0), Instant{6});
        QCOMPARE(run->tested().wakesAt(), Operator::kNever);
        QCOMPARE(run->breaches(), std::vector<std::string>{});
    }

    void memoryIsKeptTo_data() { kept(); }
    void memoryIsKeptTo() {
        QFETCH(QString, keep);
        constexpr std::uint64_t kMemory = 2'000'000;
        DedupRun run(qPrintable(keep), kMemory);
        std::size_t most = 0;
        for (int from = 0; from < 5 * kDedupKeys; from += 1'000) {
            run.send(from, from + 1'000, from, 1);
            run->advance(2 * from);
            most = std::max(most, run->tested().stateSize().bytes);
        }
        // The rows of a batch are there before others leave.
        const bool isFirst = keep == QStringLiteral("first");
        QVERIFY2(most <= kMemory + (isFirst ? 0 : kMemory / 4), std::to_string(most).c_str());
        QVERIFY(run->tested().stateSize().spilled > kMemory);
        QCOMPARE(run->tested().stateSize().keys, std::size_t{5 * kDedupKeys});
    }

    void aFullDiskEndsTheRun_data() {
        QTest::addColumn<QString>("keep");
        QTest::addColumn<QString>("call");
        QTest::addColumn<bool>("asked");  // for files
        for (const char* const keep : {"first", "last"}) {
            for (const char* const call : {"create", "write", "close"}) {
                QTest::addRow("%s: %s", keep, call) << keep << call << true;
                QTest::addRow("%s: %s, later, and nobody asked", keep, call) << keep << call << false;
            }
        }
    }
    void aFullDiskEndsTheRun() {
        QFETCH(QString, keep);
        QFETCH(QString, call);
        QFETCH(bool, asked);
        std::mt19937_64 random(1);
        const auto events = eventsOf(random, 60, 300);
        const BoundNodeRef bound = boundDedup(qPrintable(keep));
        CheckpointedGroup inMemory(deduplicateNode(), *bound, dedupContext(0), 1);
        inMemory.run(events, random, false);
        const auto disk = std::make_shared<MemoryOutputs>();
        int left = asked ? 0 : keep == QStringLiteral("first") ? 500 : 100;
        disk->fails = [&](const std::string& what, const std::string&) {
            return call == QString::fromStdString(what) && left-- <= 0 ? ENOSPC : 0;
        };
        MakeContext context = dedupContext(1, disk);
        SpillFolderOptions options;
        options.optional = true;
        if (!asked) context.spill = *SpillFolder::open(disk, MemoryFiles(), "/other", options);
        CheckpointedGroup group(deduplicateNode(), *bound, context, 2);
        group.run(events, random, true);
        QCOMPARE(group.status().ok(), !asked);
        if (!asked) {
            QVERIFY2(left < 0, std::to_string(left).c_str());
            QVERIFY(group.table() == inMemory.table());
            QCOMPARE(group.notes().size(), std::size_t{1});  // once a run
            return;
        }
        QCOMPARE(group.status().error().code, ErrorCode::Io);  // it goes on from its checkpoint
        QVERIFY(disk->contents().empty());
    }

    /// Neither is a key taken for a new one, nor left out of a checkpoint.
    void aDamagedFileEndsTheRun_data() { kept(); }
    void aDamagedFileEndsTheRun() {
        QFETCH(QString, keep);
        const auto disk = std::make_shared<MemoryOutputs>();
        const BoundNodeRef bound = boundDedup(qPrintable(keep));
        std::mt19937_64 random(1);
        CheckpointedGroup group(deduplicateNode(), *bound, dedupContext(1, disk), 1);
        const auto events = eventsOf(random, 40, 100);
        group.run({events.begin(), events.begin() + 40}, random, false);
        QVERIFY(!disk->contents().empty());
        for (auto [path, bytes] : disk->contents()) {
            bytes.back() = static_cast<char>(bytes.back() ^ 1);
            disk->put(path, bytes);
        }
        auto& changing = dynamic_cast<ChangingState&>(group.first());
        changing.freeze(true);
        StateWriter out;
        while (changing.writing().ok()) QVERIFY(changing.writePiece(out));
        QCOMPARE(changing.writing().error().code, ErrorCode::Io);
        QVERIFY(!group.first().snapshot(out).ok());
        group.run(events, random, false);
        QVERIFY(!group.status().ok());
    }

 private:
    static void kept() {
        QTest::addColumn<QString>("keep");
        for (const char* const keep : {"first", "last"}) QTest::newRow(keep) << keep;
    }
    static void memories() {
        QTest::addColumn<qulonglong>("memory");
        QTest::newRow("all in memory") << qulonglong{0};
        QTest::newRow("some in memory") << qulonglong{800'000};
        QTest::newRow("none in memory") << qulonglong{1};
    }
};

QTEST_APPLESS_MAIN(TestDeduplicateByChange)
#include "test_deduplicate_by_change.moc"
