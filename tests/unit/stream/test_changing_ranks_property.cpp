// The best rows of windows whose rows change, in random small cases: nothing before a window is complete, and
// then SQLite's result for the valid rows, at any batch size and interleaving, and however often the run
// is left and resumed.
#include <QtTest/QtTest>
#include <algorithm>
#include <optional>
#include <random>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "tests/support/random_cases.h"
#include "tests/support/ranked_by_sqlite.h"
#include "tests/unit/stream/cases/operator_group.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

constexpr Millis kSize = 4;

struct Standing {
    Instant start = 0;
    std::optional<std::string> k{};
    std::optional<int> v{};
    int id = 0;

    Instant time() const { return start + kSize - 1; }
    RankedCells cells() const {
        RankedCells all;
        for (const Instant at : {start, start + kSize, time()})
            appendTimestamp(all.emplace_back("").value(), at);
        all.push_back(k);
        all.push_back(v ? std::optional(std::to_string(*v)) : std::nullopt);
        all.emplace_back(std::to_string(id));
        return all;
    }
};

struct StandingChange {
    RowKind kind = RowKind::Insert;
    Standing row{};
};

/// Some changes, and the watermark behind them.
struct StandingStep {
    std::vector<StandingChange> changes{};
    Instant watermark = kMinTimestamp;
};

class StandingCase {
 public:
    explicit StandingCase(std::uint64_t seed) : m_random(seed) {
        m_multiset = chance(40);
        m_limit = pick(1, 4);
        m_partition = std::vector<std::string>{"", "k", "v"}[pick(0, 2)];
        for (const char* column : {"k", "v", "id"}) {
            if (chance(40)) m_by.push_back(std::string(column) + (chance(50) ? " DESC" : ""));
        }
        if (m_by.empty()) m_by.push_back("v DESC");
        std::shuffle(m_by.begin(), m_by.end(), m_random);
        for (std::size_t left = pick(0, 14); left > 0; --left) {
            StandingStep& step = m_steps.emplace_back();
            for (std::size_t count = pick(0, 8); count > 0; --count) change(step.changes);
            if (chance(50)) m_watermark += static_cast<Instant>(pick(1, 6));
            step.watermark = m_watermark;
        }
    }

    StreamType input() const {
        const auto field = [](const char* name, TypeId id) { return Field{name, Type::of(id)}; };
        StreamType type;
        type.schema = std::make_shared<const Schema>(
            Schema{{field("window_start", TypeId::Timestamp), field("window_end", TypeId::Timestamp),
                    field("window_time", TypeId::Timestamp), field("k", TypeId::String),
                    field("v", TypeId::Int), field("id", TypeId::Int)}});
        type.eventTime = 2;
        type.windowed = type.made = type.updating = true;
        type.multiset = m_multiset;
        if (!m_multiset) type.key = {0, 1, 5};
        return type;
    }
    Json params() const {
        Json params = {{"by", m_by}, {"limit", m_limit}};
        if (!m_partition.empty()) params["partition_by"] = Json::array({m_partition});
        return params;
    }

    /// Calls send(batch) for the changes in batches of any size, which may part a pair, and behind each step
    /// advance(watermark).
    template <class Send, class Advance>
    void feed(Send send, Advance advance) {
        for (const StandingStep& step : m_steps) {
            for (std::size_t from = 0; from < step.changes.size();) {
                const std::size_t count = std::min(pick(1, 5), step.changes.size() - from);
                send(batch({step.changes.begin() + static_cast<std::ptrdiff_t>(from),
                            step.changes.begin() + static_cast<std::ptrdiff_t>(from + count)}));
                from += count;
            }
            advance(step.watermark);
        }
    }

    /// Of the windows that a watermark has completed.
    Lines best(Instant watermark, std::size_t& cut) const {
        std::vector<RankedCells> rows;
        for (const Standing& row : m_rows) {
            if (row.time() <= watermark) rows.push_back(row.cells());
        }
        std::string order;
        for (const std::string& by : m_by) order += by + ", ";
        const Lines lines =
            rankedBySqlite({{"window_start", "TEXT"},
                            {"window_end", "TEXT"},
                            {"window_time", "TEXT"},
                            {"k", "TEXT"},
                            {"v", "INTEGER"},
                            {"id", "INTEGER"}},
                           rows, "window_start" + (m_partition.empty() ? "" : ", " + m_partition),
                           order + "k, v, id", m_limit);
        cut += rows.size() - lines.size();
        return lines;
    }

    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

    std::string describe() const {
        std::string text = params().dump() + (m_multiset ? " multiset\n" : "\n");
        for (const StandingStep& step : m_steps) {
            for (const auto& [kind, row] : step.changes) {
                text += "  " + std::string(toString(kind));
                for (const auto& cell : row.cells()) text += " " + cell.value_or("∅");
                text += "\n";
            }
            text += "  watermark " + std::to_string(step.watermark) + "\n";
        }
        return text;
    }

 private:
    /// A row of a window that no watermark has come near (event-time rules, 2).
    Standing anyRow() {
        Standing row;
        row.start = (m_watermark + 3) / kSize * kSize + kSize * static_cast<Instant>(pick(0, 2));
        row.id = static_cast<int>(pick(0, 5));
        fill(row);
        return row;
    }
    void fill(Standing& row) {
        row.k = chance(80) ? std::optional<std::string>(chance(50) ? "a" : "b") : std::nullopt;
        row.v = chance(80) ? std::optional(static_cast<int>(pick(0, 2))) : std::nullopt;
    }
    bool mayChange(const Standing& row) const { return row.time() >= m_watermark + 2; }

    void change(std::vector<StandingChange>& changes) {
        const Standing row = anyRow();
        auto known = std::find_if(m_rows.begin(), m_rows.end(), [&](const Standing& each) {
            return each.start == row.start && each.id == row.id;
        });
        if (m_multiset) {
            known = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](const Standing& each) { return mayChange(each) && chance(30); });
        }
        if (known == m_rows.end()) {
            changes.push_back({RowKind::Insert, row});
            m_rows.push_back(row);
        } else if (chance(60)) {
            changes.push_back({RowKind::UpdateBefore, *known});
            fill(*known);
            changes.push_back({RowKind::UpdateAfter, *known});
        } else {
            changes.push_back({RowKind::Delete, *known});
            m_rows.erase(known);
        }
    }

    Batch batch(const std::vector<StandingChange>& changes) const {
        std::vector<Lines> texts;
        std::vector<RowKind> kinds;
        for (const auto& [kind, row] : changes) {
            Lines& text = texts.emplace_back();
            for (const auto& cell : row.cells()) text.push_back(cell.value_or(""));
            kinds.push_back(kind);
        }
        Batch made = textBatch(input().schema, texts);
        made.positions.first = -1;
        made.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        return made;
    }

    std::mt19937_64 m_random;
    bool m_multiset = false;
    std::size_t m_limit = 1;
    std::string m_partition{};
    std::vector<std::string> m_by{};
    std::vector<StandingStep> m_steps{};
    std::vector<Standing> m_rows{};  ///< that stand after all of them
    Instant m_watermark = 0;
};

/// The content of cases: without it they would say little.
struct StandingTally {
    std::size_t ranked = 0, cut = 0, resumed = 0;
};

std::string tryCase(std::uint64_t seed, StandingTally& tally) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kNode = *kCatalogue.find("top_n");
    StandingCase tried(seed);
    const BoundForTest bound = bindNode(kNode, tried.params(), {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const MakeContext context = contextFor(tried.input(), 1, tried.pick(1, 4));
    std::string wrong;

    // A window that a watermark has completed has no changes to come: its final rows were there
    // then.
    OperatorHarness harness(kNode, *bound.bound, context);
    tried.feed([&](const Batch& batch) { harness.send(batch); },
               [&](Instant watermark) {
                   harness.advance(watermark);
                   std::size_t cut = 0;
                   if (wrong.empty())
                       wrong = difference("so far", tried.best(watermark, cut), harness.table(0));
               });
    harness.end();
    const Lines best = tried.best(kMaxTimestamp, tally.cut);
    tally.ranked += best.size();
    wrong += difference("rows", best, harness.table(0));
    for (const std::string& breach : harness.breaches()) wrong += breach + "\n";
    if (!harness.lines(1).empty()) wrong += "a row is late\n";
    tally.resumed += harness.calls() - harness.sent();
    if (harness.tested().stateSize().keys != 0) wrong += "state is left at the end\n";

    const auto instances = [&tried] { return static_cast<int>(tried.pick(1, 5)); };
    OperatorGroup group(kNode, *bound.bound, context, instances());
    const auto leave = [&] {
        if (tried.chance(20)) group.restart(instances(), tried.pick(1, 4));
    };
    tried.feed(
        [&](const Batch& batch) {
            group.send(batch);
            leave();
        },
        [&](Instant watermark) {
            group.advance(watermark);
            leave();
        });
    group.end();
    wrong += difference("rows of a run that was left", best, group.table(0));
    for (const std::string& breach : group.breaches()) wrong += breach + "\n";
    return wrong.empty() ? wrong : tried.describe() + wrong;
}

}  // namespace

class TestChangingRanksProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void areThoseOfTheRowsThatStand() {
        const std::vector<std::uint32_t> seeds = seedsOf(suites::ChangingRanks);
        const std::uint64_t cases = seeds.size();
        StandingTally tally;
        for (const std::uint64_t seed : seeds) {
            const std::string wrong = tryCase(seed, tally);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY(tally.ranked > cases && tally.cut > cases && tally.resumed > cases / 4);
    }
};

QTEST_APPLESS_MAIN(TestChangingRanksProperty)
#include "test_changing_ranks_property.moc"
