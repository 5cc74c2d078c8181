// The state of top_n by change: whatever comes, is displaced, taken back or let out while a checkpoint is
// written, it has the rows of its barrier.
#include <QtTest/QtTest>
#include <algorithm>
#include <optional>
#include <random>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/watched_ranks.h"

using namespace rw;
using namespace rw::test;

namespace {

/// How often a checkpoint with changes alone was compared.
struct Compared {
    int staying = 0, changing = 0;
};

/// Random rows of a small case.
class RankStory {
 public:
    explicit RankStory(std::uint64_t seed) : m_random(seed) {
        m_input.windows = chance(50);
        m_input.sort = kRankSorts[pick(0, 3)];
        m_input.wires = m_input.updating() ? 1 : static_cast<int>(pick(1, 3));
        m_keys = static_cast<int>(pick(1, 12));
        m_next.resize(static_cast<std::size_t>(m_input.wires));
    }
    const RankedInput& input() const { return m_input; }
    Json params() {
        Json params = {{"limit", pick(1, 4)}, {"by", {chance(50) ? "v DESC" : "v"}}};
        if (chance(30)) params["by"].push_back("id");
        if (chance(20)) params["partition_by"] = Json::array();
        return params;
    }
    void sendTo(WatchedRanks& watched) {
        std::vector<RankRow> rows;
        std::vector<RowKind> kinds;
        for (std::size_t left = chance(10) ? 60 : pick(0, 8); left > 0; --left) {
            if (m_input.updating()) {
                changeOne(rows, kinds);
            } else {
                rows.push_back(anyRow());
            }
        }
        const std::size_t wire = pick(0, m_next.size() - 1);
        const std::int64_t position = m_next[wire];
        // Positions of rows that others did not let through, now and then more than one batch can tell.
        m_next[wire] += static_cast<std::int64_t>(rows.size() + pick(0, 3));
        if (chance(5)) m_next[wire] += std::int64_t{1} << 33;
        watched.send(rows, kinds, static_cast<int>(wire), position);
    }
    Instant nextWatermark() { return m_watermark += static_cast<Instant>(pick(1, 6)); }
    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

 private:
    /// Of a window that no watermark has come near (event-time rules, 2).
    RankRow anyRow() {
        RankRow row;
        row.start =
            (m_watermark + 3) / kRankWindow * kRankWindow + kRankWindow * static_cast<Instant>(pick(0, 2));
        row.id = static_cast<int>(pick(0, 20));
        fill(row);
        return row;
    }
    void fill(RankRow& row) {
        row.k = chance(90) ? std::optional(static_cast<int>(pick(1, static_cast<std::size_t>(m_keys))))
                           : std::nullopt;
        row.v = chance(90) ? std::optional(static_cast<int>(pick(0, 5))) : std::nullopt;
    }
    void changeOne(std::vector<RankRow>& rows, std::vector<RowKind>& kinds) {
        const auto say = [&](RowKind kind, const RankRow& row) {
            rows.push_back(row);
            kinds.push_back(kind);
        };
        if (m_input.windows)
            std::erase_if(m_standing, [this](const RankRow& each) {
                return each.start + kRankWindow - 1 < m_watermark + 2;
            });
        const RankRow row = anyRow();
        auto known = m_standing.end();
        if (m_input.sort == RankSort::Keyed) {
            known = std::find_if(m_standing.begin(), m_standing.end(), [&](const RankRow& each) {
                return each.id == row.id && (!m_input.windows || each.start == row.start);
            });
        } else if (!m_standing.empty() && chance(50)) {
            known = m_standing.begin() + static_cast<std::ptrdiff_t>(pick(0, m_standing.size() - 1));
        }
        if (known == m_standing.end()) {
            say(RowKind::Insert, row);
            m_standing.push_back(row);
        } else if (chance(50)) {
            say(RowKind::UpdateBefore, *known);
            fill(*known);
            say(RowKind::UpdateAfter, *known);
        } else {
            say(RowKind::Delete, *known);
            m_standing.erase(known);
        }
    }

    std::mt19937_64 m_random;
    RankedInput m_input{};
    int m_keys = 1;
    std::vector<std::int64_t> m_next{};   ///< positions, by wire
    std::vector<RankRow> m_standing{};    ///< rows that may be taken back
    Instant m_watermark = 0;
};

/// Checkpoints at any time, some of them never kept.
std::string tryStory(std::uint64_t seed, Compared& compared) {
    RankStory story(seed);
    const Json params = story.params();
    WatchedRanks watched(story.input(), params, story.pick(1, 4));
    bool needsWhole = true, isWhole = true;
    std::string wrong;
    const auto freeze = [&] {
        isWhole = needsWhole || story.chance(15);
        watched.freeze(isWhole);
    };
    const auto keep = [&] {
        needsWhole = story.chance(20);
        if (needsWhole) return;
        watched.keep();
        if (!isWhole && watched.written() > 0)
            ++(story.input().updating() ? compared.changing : compared.staying);
        if (wrong.empty()) wrong = watched.difference();
    };
    watched.betweenCalls = [&] {
        if (watched.isFrozen && story.chance(25) && !watched.writeSome()) keep();
    };
    for (std::size_t steps = story.pick(5, 40); steps > 0; --steps) {
        story.sendTo(watched);
        if (story.input().windows && story.chance(30)) watched.advance(story.nextWatermark());
        if (!watched.isFrozen && story.chance(65)) freeze();
    }
    for (int last = 0; last < 2; ++last) {
        if (!watched.isFrozen) freeze();
        while (watched.writeSome()) {
        }
        keep();
    }
    return wrong.empty() ? wrong : wrong + "\n" + params.dump();
}

}  // namespace

class TestTopNChanges : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void anyRows() {
        Compared compared;
        for (std::uint64_t seed = 1; seed <= affordableCases(400); ++seed) {
            const std::string wrong = tryStory(seed, compared);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        const auto enough = static_cast<int>(affordableCases(40));
        QVERIFY2(compared.staying > enough, std::to_string(compared.staying).c_str());
        QVERIFY2(compared.changing > enough, std::to_string(compared.changing).c_str());
    }

    void theyAreWrittenPieceByPiece_data() { inputs(); }
    void theyAreWrittenPieceByPiece() {
        QFETCH(const RankedInput, input);
        WatchedRanks watched(input);
        for (int key = 0; key < 20'000; key += 1'000) watched.change(key, 1'000, 0, 1);
        int rounds = 0;
        // Rows that are written and rows that are not are displaced or taken back, and others come.
        const auto goOn = [&] {
            watched.change(rounds * 500, 500, 1, 2);
            watched.change(19'000 - rounds * 500, 500, 1, 2);
            watched.change(20'000 + rounds * 300, 300, 0, 1);
            ++rounds;
        };
        watched.freeze(true);
        int pieces = 1;
        for (; watched.writeSome(); ++pieces) goOn();
        QVERIFY(pieces >= 3);
        watched.keep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY(watched.largestPiece() < watched.written() * 2 / 3);
        const std::size_t whole = watched.written();

        watched.freeze(false);
        goOn();
        watched.change(0, 500, 2, 3);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());

        watched.change(0, 10, 3, 4);
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY2(watched.written() > 0 && watched.written() * 20 < whole,
                 std::to_string(watched.written()).c_str());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{0});
        QCOMPARE(watched.difference(), std::string());
    }

    void windowsAreLetOutWhileTheyAreWritten() {
        for (const RankSort sort : kRankSorts) {
            WatchedRanks watched({.windows = true, .sort = sort});
            watched.change(0, 3'000, 0, 1, 0);
            watched.change(0, 3'000, 0, 1, kRankWindow);
            watched.freeze(true);
            watched.advance(kRankWindow - 1);
            watched.change(0, 500, 0, 1, 2 * kRankWindow);  // in the slots of rows that have left
            QCOMPARE(watched.size().keys, std::size_t{3'500});
            watched.writeAndKeep();
            QCOMPARE(rankedRowsIn(watched.restored(watched.byChange())), 6'000);
            QCOMPARE(watched.difference(), std::string());
            const std::size_t whole = watched.written();

            watched.freeze(false);
            watched.advance(2 * kRankWindow - 1);
            watched.writeAndKeep();
            QCOMPARE(rankedRowsIn(watched.restored(watched.byChange())), 3'500);
            QCOMPARE(watched.difference(), std::string());
            QVERIFY(watched.written() < whole / 2);
            watched.freeze(false);
            watched.advance(kMaxTimestamp);
            watched.writeAndKeep();
            QCOMPARE(rankedRowsIn(watched.restored(watched.byChange())), 500);
            QCOMPARE(watched.difference(), std::string());
            watched.freeze(false);
            watched.writeAndKeep();
            QCOMPARE(rankedRowsIn(watched.restored(watched.byChange())), 0);
            QCOMPARE(watched.difference(), std::string());
            QCOMPARE(watched.size().keys, std::size_t{0});
        }
    }

    void aCheckpointThatIsNeverKept_data() { inputs(); }
    void aCheckpointThatIsNeverKept() {
        QFETCH(const RankedInput, input);
        WatchedRanks watched(input);
        watched.change(0, 1'000, 0, 1);
        watched.freeze(true);
        watched.writeAndKeep();
        watched.change(0, 300, 1, 2);
        watched.freeze(false);
        watched.change(200, 100, 2, 3);
        while (watched.writeSome()) {
        }  // the disk is full, say
        watched.change(500, 200, 1, 2);
        watched.freeze(true);
        watched.change(0, 200, 2, 3);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    void anEmptyStateHasNoPieces_data() { inputs(); }
    void anEmptyStateHasNoPieces() {
        QFETCH(const RankedInput, input);
        WatchedRanks watched(input);
        watched.freeze(true);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{0});
        QCOMPARE(watched.difference(), std::string());
        watched.change(0, 1, 0, 1);
        watched.freeze(false);
        watched.writeAndKeep();
        QVERIFY(watched.written() > 0);
        QCOMPARE(watched.difference(), std::string());
    }

    void copiesAreReleased_data() { inputs(); }
    void copiesAreReleased() {
        QFETCH(const RankedInput, input);
        WatchedRanks watched(input);
        watched.change(0, 16'000, 0, 1);
        watched.freeze(true);
        watched.change(0, 16'000, 1, 2);
        const std::size_t during = watched.size().bytes;
        watched.writeAndKeep();
        QVERIFY(watched.size().bytes < during);
        QCOMPARE(watched.difference(), std::string());
    }

    void longRowsGoFewAtATime_data() { inputs(); }
    void longRowsGoFewAtATime() {
        QFETCH(const RankedInput, input);
        WatchedRanks watched(input);
        watched.keyText = std::string(std::size_t{16} << 10, 'x');
        watched.change(0, 500, 0, 1);
        watched.freeze(true);
        watched.writeAndKeep();
        QVERIFY(watched.written() > std::size_t{7} << 20);
        QVERIFY(watched.largestPiece() < watched.written() * 2 / 3);
        QCOMPARE(watched.difference(), std::string());
    }

    void changesThatCannotBeAreRefused() {
        WatchedRanks watched({.windows = false, .sort = RankSort::Multiset});
        watched.change(0, 1, 0, 1);
        watched.freeze(true);
        watched.writeAndKeep();
        const std::string whole = watched.byChange();
        const auto kept = StateReader::open(whole).value().keyed("held");
        QVERIFY(kept.ok() && kept->size() == 1);
        const auto& [keyGroup, record] = kept->front();
        const Batch row = record.batch("rows").value();
        const std::string slot(record.bytes("slots").value());
        QCOMPARE(slot.size(), sizeof(std::uint32_t));
        const std::string other = std::string("\x7f\xff\xff\xff", 4);
        // How many rows there are then.
        const auto now = [&, group = keyGroup](std::uint32_t version, std::size_t rows,
                                               const std::string& slots, const std::string& gone,
                                               int groupsOff = 0) {
            StateWriter writer;
            writer.keyed("changed_held", group ^ groupsOff, version, [&](StateWriter& out) {
                if (rows > 0) out.batch("rows", row.select(std::vector<std::uint32_t>(rows, 0)));
                if (!slots.empty()) out.bytes("slots", slots);
                if (!gone.empty()) out.bytes("gone", gone);
            });
            std::string bytes = whole + writer.takeFields();
            StateWriter::sealAnew(bytes);
            return rankedRowsIn(watched.restored(bytes));
        };
        QCOMPARE(now(1, 1, slot, {}), 1);
        QCOMPARE(now(1, 1, other, {}), 2);
        QCOMPARE(now(1, 0, {}, slot), 0);
        QCOMPARE(now(1, 0, {}, other), 1);   // it came and went
        QCOMPARE(now(1, 1, slot, slot), 1);  // first it is gone
        QCOMPARE(now(1, 2, slot + other, {}), 2);
        QCOMPARE(now(1, 2, other + other, {}), -1);
        QCOMPARE(now(1, 1, slot + other, {}), -1);
        QCOMPARE(now(1, 2, slot, {}), -1);
        QCOMPARE(now(1, 0, slot, {}), -1);
        QCOMPARE(now(1, 1, slot + "x", {}), -1);
        QCOMPARE(now(1, 0, {}, slot + "x"), -1);
        QCOMPARE(now(2, 1, slot, {}), -1);
        QCOMPARE(now(1, 1, other, {}, 1), -1);
    }

    void brokenBytesAreRefused_data() { inputs(); }
    void brokenBytesAreRefused() {
        QFETCH(const RankedInput, input);
        WatchedRanks watched(input);
        watched.change(0, 10, 0, 1);
        watched.freeze(true);
        watched.writeAndKeep();
        watched.change(0, 4, 1, 2);
        watched.change(10, 2, 0, 1);
        watched.freeze(false);
        watched.writeAndKeep();
        const std::string bytes = watched.byChange().substr(state_layout::kSealSize);
        int accepted = 0, refused = 0;
        const auto tryBytes = [&](const std::string& record) {
            const auto op = watched.make();
            const Result<StateReader> reader = StateReader::unsealed(record);
            const bool ok = reader.ok() && op->restore(*reader, {}).ok();
            ++(ok ? accepted : refused);
            if (!ok) return;
            // Other rows, perhaps, but none that it can't go on with.
            IgnoredRows out;
            Status status = op->onWatermark(kMaxTimestamp, out);
            while (status.ok() && op->hasMore()) status = op->resume(out);
            QVERIFY(status.ok());
        };
        for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 300)
            tryBytes(bytes.substr(0, size));
        QVERIFY2(refused > accepted, qPrintable(QStringLiteral("%1, %2").arg(refused).arg(accepted)));
        accepted = 0;
        std::mt19937_64 random(1);
        for (int i = 0; i < 1'000; ++i) {
            std::string wrong = bytes;
            for (std::size_t n = 1 + random() % 3; n > 0; --n)
                wrong[random() % wrong.size()] = static_cast<char>(random());
            tryBytes(wrong);
        }
        QVERIFY2(accepted > 0, "nothing was accepted: the operator was not tried");
    }

 private:
    static void inputs() {
        QTest::addColumn<RankedInput>("input");
        for (const bool windows : {false, true}) {
            for (const RankSort sort : kRankSorts) {
                const RankedInput input{windows, sort};
                QTest::newRow(input.text().c_str()) << input;
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestTopNChanges)
#include "test_top_n_changes.moc"
