// The state of top_n by change: whatever comes, is displaced, taken back or let out while a checkpoint is
// written, it has the rows of its barrier.
#include <QtTest/QtTest>
#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <random>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kSize = 4;

/// Which rows are ranked: those that stay, with places or without; those that change, named by a key or by
/// all of their columns.
enum class Sort { Placed, Made, Keyed, Multiset };
constexpr std::array kSorts{Sort::Placed, Sort::Made, Sort::Keyed, Sort::Multiset};

struct Ranking {
    bool windows = false;
    Sort sort = Sort::Placed;
    int wires = 1;

    bool updating() const { return sort == Sort::Keyed || sort == Sort::Multiset; }
    StreamType input() const {
        const Type time = Type::of(TypeId::Timestamp), number = Type::of(TypeId::Bigint);
        StreamType type;
        type.schema = schemaOf({{"window_start", time},
                                {"window_end", time},
                                {"window_time", time},
                                {"k", Type::of(TypeId::String)},
                                {"v", number},
                                {"id", number}});
        type.eventTime = windows || !updating() ? 2 : -1;
        type.windowed = windows;
        type.updating = updating();
        type.made = sort != Sort::Placed;
        type.multiset = sort == Sort::Multiset;
        if (sort == Sort::Keyed) type.key = windows ? std::vector<int>{0, 1, 5} : std::vector<int>{5};
        type.sourceOrder = !type.made && wires == 1;
        return type;
    }
    std::string text() const {
        return std::string(windows ? "of windows, sort " : "so far, sort ") +
               std::to_string(static_cast<int>(sort));
    }
};

const NodeKind& topN() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("top_n");
}

/// A row of the window that begins there.
struct RankedRow {
    Instant start = 0;
    std::optional<int> k{};
    std::optional<int> v{};
    int id = 0;

    /// `keyText`: with which the keys begin.
    std::vector<Value> cells(const std::string& keyText) const {
        const auto number = [](int value) { return Value(std::int64_t{value}); };
        return {Value(start),
                Value(start + kSize),
                Value(start + kSize - 1),
                k ? Value(keyText + std::to_string(*k)) : Value{},
                v ? number(*v) : Value{},
                number(id)};
    }
};

/// For rows that do not matter.
struct Ignored : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

/// The rows of a state in one piece; −1: it is none.
int rowsIn(const std::string& state) {
    const Result<StateReader> reader = StateReader::open(state);
    if (!reader.ok()) return -1;
    std::size_t rows = 0;
    const auto records = reader->keyed("held").value();
    for (const auto& [group, record] : records) rows += record.batch("rows").value().rows;
    return static_cast<int>(rows);
}

std::string sealed(std::string state) {
    StateWriter::sealAnew(state);
    return state;
}

/// An operator, and the checkpoints that are taken of it.
class WatchedRanks {
 public:
    explicit WatchedRanks(Ranking ranking, Json more = {}, std::size_t batchRows = 4096)
        : m_ranking(ranking), m_context(contextFor(ranking.input(), ranking.wires, batchRows)) {
        Json params = {{"by", {"v DESC"}}, {"limit", 1}, {"partition_by", {"k"}}};
        if (!more.is_null()) params.update(more);
        const BoundForTest bound = bindNode(topN(), params, {ranking.input()});
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        m_bound = bound.bound;
        m_op = make();
        m_changing = dynamic_cast<ChangingState*>(m_op.get());
    }
    std::unique_ptr<Operator> make() const {
        auto op = std::get<std::unique_ptr<Operator>>(topN().make(*m_bound, m_context).value());
        op->outputPorts = static_cast<int>(m_bound->outputs.size());
        return op;
    }

    void send(const std::vector<RankedRow>& rows, std::vector<RowKind> kinds = {}, int wire = 0,
              std::int64_t position = 0) {
        Rows cells;
        for (const RankedRow& row : rows) cells.push_back(row.cells(keyText));
        Batch batch = batchOf(m_ranking.input().schema, cells, std::move(kinds));
        batch.wire = wire;
        batch.positions.first = m_ranking.sort == Sort::Placed ? position : -1;
        run([&] { return m_op->onBatch(0, batch, m_ignored); });
    }
    /// The keys first … first + count − 1, of one row each, get the value `now` after `before` (0: there was
    /// none); a higher one displaces what was.
    void change(int first, int count, int before, int now, Instant start = 0) {
        std::vector<RankedRow> rows;
        std::vector<RowKind> kinds;
        for (int key = first; key < first + count; ++key) {
            if (m_ranking.updating() && before > 0) {
                rows.push_back({start, key, before, key});
                kinds.push_back(RowKind::UpdateBefore);
            }
            rows.push_back({start, key, now, key});
            kinds.push_back(before > 0 ? RowKind::UpdateAfter : RowKind::Insert);
        }
        if (!m_ranking.updating()) kinds.clear();
        send(rows, kinds, 0, m_position);
        m_position += count;
    }
    void advance(Instant watermark) {
        run([&] { return m_op->onWatermark(watermark, m_ignored); });
    }

    void freeze(bool whole) {
        StateWriter all, rest;
        if (!m_op->snapshot(all).ok()) qFatal("no snapshot");
        m_atBarrier = all.finish();
        m_changing->writeRest(rest);
        m_rest = rest.finish();
        m_changing->freeze(whole);
        m_whole = whole;
        m_part.clear();
        m_largestPiece = 0;
        isFrozen = true;
    }
    /// Whether there is more.
    bool writeSome() {
        StateWriter out;
        isFrozen = m_changing->writePiece(out);
        const std::string piece = out.takeFields();
        m_largestPiece = std::max(m_largestPiece, piece.size());
        m_part += piece;
        return isFrozen;
    }
    /// What was written is on the disk now; else it never is.
    void keep() { m_parts = m_whole ? m_part : m_parts + m_part; }
    void writeAndKeep() {
        while (writeSome()) {
        }
        keep();
    }
    std::string byChange() const { return sealed(m_rest + m_parts); }
    /// What is not as it was at the last barrier, where the checkpoint is restored by any number of
    /// instances.
    std::string difference() const {
        for (const int instances : {1, 2, 5}) {
            for (int i = 0; i < instances; ++i) {
                const KeyGroups own = keyGroupsOf(i, instances);
                const std::string expected = restored(m_atBarrier, own), found = restored(byChange(), own);
                if (found != expected || rowsIn(found) < 0)
                    return m_ranking.text() + ": instance " + std::to_string(i) + " of " +
                           std::to_string(instances) + " has " + std::to_string(rowsIn(found)) +
                           " rows, not " + std::to_string(rowsIn(expected));
            }
        }
        return {};
    }
    /// The state of an instance that has restored this one, or why it did not.
    std::string restored(const std::string& state, const KeyGroups& own = {}) const {
        const auto op = make();
        const Result<StateReader> reader = StateReader::open(state);
        const Status status = reader.ok() ? op->restore(*reader, own) : reader.status();
        if (!status.ok()) return "refused: " + english(status.error());
        StateWriter again;
        return op->snapshot(again).ok() ? again.finish() : "no snapshot";
    }
    const Ranking& ranking() const { return m_ranking; }
    std::size_t written() const { return m_part.size(); }
    std::size_t largestPiece() const { return m_largestPiece; }
    std::size_t bytesKept() const { return m_op->stateSize().bytes; }
    std::size_t keysKept() const { return m_op->stateSize().keys; }
    std::string keyText = "a key that is no short text ";
    bool isFrozen = false;
    std::function<void()> betweenCalls = [] {};

 private:
    template <class Call>
    void run(Call first) {
        Status status = first();
        betweenCalls();
        while (status.ok() && m_op->hasMore()) {
            status = m_op->resume(m_ignored);
            betweenCalls();
        }
        if (!status.ok()) qFatal("%s", english(status.error()).c_str());
    }

    const Ranking m_ranking;
    const MakeContext m_context;
    BoundNodeRef m_bound{};
    std::unique_ptr<Operator> m_op{};
    ChangingState* m_changing = nullptr;
    Ignored m_ignored{};
    std::int64_t m_position = 0;          ///< of the next row of change()
    std::string m_atBarrier{}, m_rest{};  ///< of the last freeze
    std::string m_part{}, m_parts{};      ///< of it; of those that are kept
    std::size_t m_largestPiece = 0;       ///< of it
    bool m_whole = true;
};

/// How often a checkpoint with changes alone was compared.
struct Compared {
    int staying = 0, changing = 0;
};

/// Random rows of a small case.
class RankStory {
 public:
    explicit RankStory(std::uint64_t seed) : m_random(seed) {
        m_ranking.windows = chance(50);
        m_ranking.sort = kSorts[pick(0, 3)];
        m_ranking.wires = m_ranking.updating() ? 1 : static_cast<int>(pick(1, 3));
        m_keys = static_cast<int>(pick(1, 12));
        m_next.resize(static_cast<std::size_t>(m_ranking.wires));
    }
    const Ranking& ranking() const { return m_ranking; }
    Json params() {
        Json params = {{"limit", pick(1, 4)}, {"by", {chance(50) ? "v DESC" : "v"}}};
        if (chance(30)) params["by"].push_back("id");
        if (chance(20)) params["partition_by"] = Json::array();
        return params;
    }
    void sendTo(WatchedRanks& watched) {
        std::vector<RankedRow> rows;
        std::vector<RowKind> kinds;
        for (std::size_t left = chance(10) ? 60 : pick(0, 8); left > 0; --left) {
            if (m_ranking.updating()) {
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
    RankedRow anyRow() {
        RankedRow row;
        row.start = (m_watermark + 3) / kSize * kSize + kSize * static_cast<Instant>(pick(0, 2));
        row.id = static_cast<int>(pick(0, 20));
        fill(row);
        return row;
    }
    void fill(RankedRow& row) {
        row.k = chance(90) ? std::optional(static_cast<int>(pick(1, static_cast<std::size_t>(m_keys))))
                           : std::nullopt;
        row.v = chance(90) ? std::optional(static_cast<int>(pick(0, 5))) : std::nullopt;
    }
    void changeOne(std::vector<RankedRow>& rows, std::vector<RowKind>& kinds) {
        const auto say = [&](RowKind kind, const RankedRow& row) {
            rows.push_back(row);
            kinds.push_back(kind);
        };
        if (m_ranking.windows)
            std::erase_if(m_standing,
                          [this](const RankedRow& each) { return each.start + kSize - 1 < m_watermark + 2; });
        const RankedRow row = anyRow();
        auto known = m_standing.end();
        if (m_ranking.sort == Sort::Keyed) {
            known = std::find_if(m_standing.begin(), m_standing.end(), [&](const RankedRow& each) {
                return each.id == row.id && (!m_ranking.windows || each.start == row.start);
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
    Ranking m_ranking{};
    int m_keys = 1;
    std::vector<std::int64_t> m_next{};   ///< positions, by wire
    std::vector<RankedRow> m_standing{};  ///< rows that may be taken back
    Instant m_watermark = 0;
};

/// Checkpoints at any time, some of them never kept.
std::string tryStory(std::uint64_t seed, Compared& compared) {
    RankStory story(seed);
    const Json params = story.params();
    WatchedRanks watched(story.ranking(), params, story.pick(1, 4));
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
            ++(story.ranking().updating() ? compared.changing : compared.staying);
        if (wrong.empty()) wrong = watched.difference();
    };
    watched.betweenCalls = [&] {
        if (watched.isFrozen && story.chance(25) && !watched.writeSome()) keep();
    };
    for (std::size_t steps = story.pick(5, 40); steps > 0; --steps) {
        story.sendTo(watched);
        if (story.ranking().windows && story.chance(30)) watched.advance(story.nextWatermark());
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
        for (std::uint64_t seed = 1; seed <= affordableCases(600); ++seed) {
            const std::string wrong = tryStory(seed, compared);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        const auto enough = static_cast<int>(affordableCases(60));
        QVERIFY2(compared.staying > enough, std::to_string(compared.staying).c_str());
        QVERIFY2(compared.changing > enough, std::to_string(compared.changing).c_str());
    }

    void theyAreWrittenPieceByPiece_data() { rankings(); }
    void theyAreWrittenPieceByPiece() {
        QFETCH(const Ranking, ranking);
        WatchedRanks watched(ranking);
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
        for (const Sort sort : kSorts) {
            WatchedRanks watched({.windows = true, .sort = sort});
            watched.change(0, 3'000, 0, 1, 0);
            watched.change(0, 3'000, 0, 1, kSize);
            watched.freeze(true);
            watched.advance(kSize - 1);
            watched.change(0, 500, 0, 1, 2 * kSize);  // in the slots of rows that have left
            QCOMPARE(watched.keysKept(), std::size_t{3'500});
            watched.writeAndKeep();
            QCOMPARE(rowsIn(watched.restored(watched.byChange())), 6'000);
            QCOMPARE(watched.difference(), std::string());
            const std::size_t whole = watched.written();

            watched.freeze(false);
            watched.advance(2 * kSize - 1);
            watched.writeAndKeep();
            QCOMPARE(rowsIn(watched.restored(watched.byChange())), 3'500);
            QCOMPARE(watched.difference(), std::string());
            QVERIFY(watched.written() < whole / 2);
            watched.freeze(false);
            watched.advance(kMaxTimestamp);
            watched.writeAndKeep();
            QCOMPARE(rowsIn(watched.restored(watched.byChange())), 500);
            QCOMPARE(watched.difference(), std::string());
            watched.freeze(false);
            watched.writeAndKeep();
            QCOMPARE(rowsIn(watched.restored(watched.byChange())), 0);
            QCOMPARE(watched.difference(), std::string());
            QCOMPARE(watched.keysKept(), std::size_t{0});
        }
    }

    void aCheckpointThatIsNeverKept_data() { rankings(); }
    void aCheckpointThatIsNeverKept() {
        QFETCH(const Ranking, ranking);
        WatchedRanks watched(ranking);
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

    void anEmptyStateHasNoPieces_data() { rankings(); }
    void anEmptyStateHasNoPieces() {
        QFETCH(const Ranking, ranking);
        WatchedRanks watched(ranking);
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

    void copiesAreReleased_data() { rankings(); }
    void copiesAreReleased() {
        QFETCH(const Ranking, ranking);
        WatchedRanks watched(ranking);
        watched.change(0, 16'000, 0, 1);
        watched.freeze(true);
        watched.change(0, 16'000, 1, 2);
        const std::size_t during = watched.bytesKept();
        watched.writeAndKeep();
        QVERIFY(watched.bytesKept() < during);
        QCOMPARE(watched.difference(), std::string());
    }

    void longRowsGoFewAtATime_data() { rankings(); }
    void longRowsGoFewAtATime() {
        QFETCH(const Ranking, ranking);
        WatchedRanks watched(ranking);
        watched.keyText = std::string(std::size_t{16} << 10, 'x');
        watched.change(0, 500, 0, 1);
        watched.freeze(true);
        watched.writeAndKeep();
        QVERIFY(watched.written() > std::size_t{7} << 20);
        QVERIFY(watched.largestPiece() < watched.written() * 2 / 3);
        QCOMPARE(watched.difference(), std::string());
    }

    void changesThatCannotBeAreRefused() {
        WatchedRanks watched({.windows = false, .sort = Sort::Multiset});
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
            return rowsIn(watched.restored(sealed(whole + writer.takeFields())));
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

    void brokenBytesAreRefused_data() { rankings(); }
    void brokenBytesAreRefused() {
        QFETCH(const Ranking, ranking);
        WatchedRanks watched(ranking);
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
            Ignored out;
            Status status = op->onWatermark(kMaxTimestamp, out);
            while (status.ok() && op->hasMore()) status = op->resume(out);
            QVERIFY(status.ok());
        };
        for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 300)
            tryBytes(bytes.substr(0, size));
        QVERIFY2(refused > accepted, qPrintable(QStringLiteral("%1, %2").arg(refused).arg(accepted)));
        accepted = 0;
        std::mt19937_64 random(1);
        for (std::uint64_t i = 0; i < affordableCases(1'000); ++i) {
            std::string wrong = bytes;
            for (std::size_t n = 1 + random() % 3; n > 0; --n)
                wrong[random() % wrong.size()] = static_cast<char>(random());
            tryBytes(wrong);
        }
        QVERIFY2(accepted > 0, "nothing was accepted: the operator was not tried");
    }

 private:
    static void rankings() {
        QTest::addColumn<Ranking>("ranking");
        for (const bool windows : {false, true}) {
            for (const Sort sort : kSorts) {
                const Ranking ranking{windows, sort};
                QTest::newRow(ranking.text().c_str()) << ranking;
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestTopNChanges)
#include "test_top_n_changes.moc"
