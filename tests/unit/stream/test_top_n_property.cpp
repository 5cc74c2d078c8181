// The best rows of windows in random small cases: the result of the rules, at any batch size and interleaving,
// and however often the run is left and resumed.
#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <tuple>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "tests/support/random_cases.h"
#include "tests/unit/stream/cases/operator_group.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

struct Kept {
    Instant start = 0, end = 0;
    std::optional<std::string> k{};
    std::optional<int> v{};
    int x = 0;
    Instant stamp = kMinTimestamp;
    int wire = 0, position = 0;

    Instant time() const { return end - 1; }
};

std::string at(Instant time) {
    std::string text;
    appendTimestamp(text, time);
    return text;
}

std::string cells(const Kept& row) {
    return at(row.start) + "|" + at(row.end) + "|" + at(row.time()) + "|" + row.k.value_or("∅") + "|" +
           (row.v ? std::to_string(*row.v) : "∅") + "|" + std::to_string(row.x);
}

struct By {
    char column;
    bool descending;
};

bool isLess(const Kept& a, const Kept& b, char column) {
    if (column == 'k') return a.k < b.k;  // nothing is less than anything
    return column == 'v' ? a.v < b.v : a.x < b.x;
}

class Case {
 public:
    explicit Case(std::uint64_t seed) : m_random(seed) {
        m_made = chance(50);
        m_limit = pick(1, 4);
        for (const char column : {'k', 'v', 'x'}) {
            if (chance(40)) m_by.push_back({column, chance(50)});
        }
        if (m_by.empty()) m_by.push_back({'v', true});
        std::shuffle(m_by.begin(), m_by.end(), m_random);
        m_partitioned = chance(50);
        m_wires.resize(chance(60) ? 1 : pick(2, 3));
        for (std::size_t wire = 0; wire < m_wires.size(); ++wire) makeRows(static_cast<int>(wire));
    }

    StreamType input() const {
        StreamType type;
        type.schema = std::make_shared<const Schema>(Schema{{{"window_start", Type::of(TypeId::Timestamp)},
                                                             {"window_end", Type::of(TypeId::Timestamp)},
                                                             {"window_time", Type::of(TypeId::Timestamp)},
                                                             {"k", Type::of(TypeId::String)},
                                                             {"v", Type::of(TypeId::Int)},
                                                             {"x", Type::of(TypeId::Int)}}});
        type.eventTime = 2;
        type.windowed = true;
        type.made = m_made;
        type.sourceOrder = !m_made && m_wires.size() == 1;
        return type;
    }

    Json params() const {
        Json by = Json::array();
        for (const By& one : m_by) by.push_back(std::string(1, one.column) + (one.descending ? " DESC" : ""));
        Json params = {{"by", by}, {"limit", m_limit}};
        if (m_partitioned) params["partition_by"] = Json::array({"k"});
        return params;
    }

    int wires() const { return static_cast<int>(m_wires.size()); }

    /// Straight from the rules: every row is kept, and all are sorted at the end.
    void expect(std::vector<std::string>& best, std::vector<std::string>& late, std::size_t& cut) const {
        std::map<std::tuple<Instant, Instant, std::optional<std::string>>, std::vector<Kept>> groups;
        for (const Wire& wire : m_wires) {
            for (const Kept& row : wire.rows) {
                if (row.time() <= row.stamp) {
                    const Millis by = row.stamp - row.time();
                    late.push_back(cells(row) + "|" + std::to_string(by) + "|" + at(row.end));
                } else {
                    groups[{row.start, row.end, m_partitioned ? row.k : std::nullopt}].push_back(row);
                }
            }
        }
        for (auto& [group, rows] : groups) {
            std::sort(rows.begin(), rows.end(),
                      [this](const Kept& a, const Kept& b) { return before(a, b); });
            for (std::size_t i = 0; i < std::min(rows.size(), m_limit); ++i)
                best.push_back(cells(rows[i]) + "|" + std::to_string(i + 1));
            if (rows.size() > m_limit) ++cut;
        }
        std::sort(best.begin(), best.end());
        std::sort(late.begin(), late.end());
    }

    /// The wires in any order, in batches of any size; after each batch the smallest of their watermarks.
    template <class Send, class Advance>
    void feed(Send send, Advance advance) {
        for (Wire& wire : m_wires) {
            wire.given = 0;
            wire.watermark = kMinTimestamp;
        }
        const auto goesOn = [](const Wire& wire) { return wire.watermark != kMaxTimestamp; };
        while (std::any_of(m_wires.begin(), m_wires.end(), goesOn)) {
            Wire& wire = m_wires[pick(0, m_wires.size() - 1)];
            if (!goesOn(wire)) continue;
            const std::size_t rows = std::min(pick(0, 4), wire.rows.size() - wire.given);
            send(batch(wire, rows));
            wire.given += rows;
            wire.watermark = wire.given < wire.rows.size() ? wire.rows[wire.given].stamp : kMaxTimestamp;
            Instant smallest = kMaxTimestamp;
            for (const Wire& one : m_wires) smallest = std::min(smallest, one.watermark);
            advance(smallest);
        }
    }

    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

    std::string describe() const {
        std::string text = params().dump() + (m_made ? " made\n" : " sorted\n");
        for (const Wire& wire : m_wires) {
            for (const Kept& row : wire.rows)
                text += "  wire " + std::to_string(row.wire) + " stamp " + std::to_string(row.stamp) + " " +
                        cells(row) + "\n";
        }
        return text;
    }

 private:
    struct Wire {
        std::vector<Kept> rows{};
        std::size_t given = 0;
        Instant watermark = kMinTimestamp;
    };

    void makeRows(int number) {
        const auto delay = static_cast<Millis>(pick(0, 3));
        Instant end = 0, largest = kMinTimestamp;
        for (std::size_t left = pick(0, 14); left > 0; --left) {
            end += chance(25) ? 2 : 0;
            Kept row;
            row.end = end - (chance(70) ? 0 : 2 * static_cast<Instant>(pick(1, 2)));
            row.start = row.end - (chance(80) ? 2 : 4);
            if (chance(80)) row.k = std::string(chance(50) ? "a" : "b");
            if (chance(80)) row.v = static_cast<int>(pick(0, 2));
            row.x = static_cast<int>(pick(0, 2));
            row.stamp = saturatingAdd(largest, -delay);
            row.wire = number;
            std::vector<Kept>& rows = m_wires[static_cast<std::size_t>(number)].rows;
            row.position = static_cast<int>(rows.size());
            if (m_made && row.time() < saturatingAdd(row.stamp, 2)) continue;  // made rows are clean
            largest = std::max(largest, row.time());
            rows.push_back(row);
        }
    }

    /// The next rows of a wire. Whether clean rows carry stamps must make no difference.
    Batch batch(const Wire& wire, std::size_t count) {
        std::vector<std::vector<std::string>> texts;
        std::vector<Instant> stamps;
        bool clean = true;
        for (std::size_t i = wire.given; i < wire.given + count; ++i) {
            const Kept& row = wire.rows[i];
            texts.push_back({at(row.start), at(row.end), at(row.time()), row.k.value_or(""),
                             row.v ? std::to_string(*row.v) : "", std::to_string(row.x)});
            clean = clean && row.time() >= saturatingAdd(row.stamp, 2);
            stamps.push_back(row.stamp);
        }
        Batch made = textBatch(input().schema, texts);
        made.wire = &wire - m_wires.data();
        made.positions.first = m_made ? -1 : static_cast<std::int64_t>(wire.given);
        if (!clean || (!m_made && chance(30)))
            made.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        return made;
    }

    bool before(const Kept& a, const Kept& b) const {
        for (const By& by : m_by) {
            if (isLess(a, b, by.column)) return !by.descending;
            if (isLess(b, a, by.column)) return by.descending;
        }
        if (!m_made) return std::tie(a.wire, a.position) < std::tie(b.wire, b.position);
        return std::tie(a.wire, a.k, a.v, a.x) < std::tie(b.wire, b.k, b.v, b.x);
    }

    std::mt19937_64 m_random;
    bool m_made = false, m_partitioned = false;
    std::size_t m_limit = 1;
    std::vector<By> m_by{};
    std::vector<Wire> m_wires{};
};

/// The content of cases: without it they would say little.
struct Tally {
    std::size_t cut = 0, late = 0, resumed = 0;
};

std::string tryCase(std::uint64_t seed, Tally& tally) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kNode = *kCatalogue.find("top_n");
    Case tried(seed);
    std::vector<std::string> best, late;
    tried.expect(best, late, tally.cut);
    tally.late += late.size();
    const BoundForTest bound = bindNode(kNode, tried.params(), {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const MakeContext context = contextFor(tried.input(), tried.wires(), tried.pick(1, 4));

    OperatorHarness harness(kNode, *bound.bound, context);
    tried.feed([&](const Batch& batch) { harness.send(batch); },
               [&](Instant watermark) { harness.advance(watermark); });
    harness.end();
    std::string wrong = difference("rows", best, harness.table(0));
    wrong += difference("late", late, harness.table(1));
    for (const std::string& breach : harness.breaches()) wrong += breach + "\n";
    if (harness.lateCount() != late.size()) wrong += "late rows are counted wrong\n";
    if (harness.tested().stateSize().keys != 0) wrong += "state is left at the end\n";
    tally.resumed += harness.calls() - harness.sent();

    OperatorGroup group(kNode, *bound.bound, context, static_cast<int>(tried.pick(1, 5)));
    tried.feed(
        [&](const Batch& batch) {
            group.send(batch);
            if (tried.chance(20)) group.restart(static_cast<int>(tried.pick(1, 5)), tried.pick(1, 4));
        },
        [&](Instant watermark) { group.advance(watermark); });
    group.end();
    wrong += difference("rows of a run that was left", best, group.table(0));
    wrong += difference("late rows of a run that was left", late, group.table(1));
    for (const std::string& breach : group.breaches()) wrong += breach + "\n";
    return wrong.empty() ? wrong : tried.describe() + wrong;
}

}  // namespace

class TestTopNProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isWhatTheRulesSay() {
        const std::vector<std::uint32_t> seeds = seedsOf(suites::WindowTopN);
        const std::uint64_t cases = seeds.size();
        Tally tally;
        for (const std::uint64_t seed : seeds) {
            const std::string wrong = tryCase(seed, tally);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY(tally.cut > cases / 4 && tally.late > cases / 4 && tally.resumed > cases / 4);
    }
};

QTEST_APPLESS_MAIN(TestTopNProperty)
#include "test_top_n_property.moc"
