// The best rows so far in random small cases: after every batch the result of the rules, and in the end that
// of SQLite, at any batch size and interleaving, and however often the run is left and resumed.
#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <tuple>

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

enum class Sort { OneWire, SeveralWires, Made, Keyed, Multiset };

struct Ranked {
    Instant time = 0;
    std::optional<std::string> k{};
    std::optional<int> v{};
    int x = 0;
    RowKind kind = RowKind::Insert;
    int wire = 0, position = 0;

    auto columns() const { return std::tie(time, k, v, x); }
    RankedCells cells() const {
        std::string at;
        appendTimestamp(at, time);
        return {at, k, v ? std::optional(std::to_string(*v)) : std::nullopt, std::to_string(x)};
    }
};

std::string rankedLine(const Ranked& row) {
    std::string line;
    for (const auto& cell : row.cells()) line += (line.empty() ? "" : "|") + cell.value_or("∅");
    return line;
}

struct Direction {
    char column = 'v';
    bool descending = false;
};

bool isLower(const Ranked& a, const Ranked& b, char column) {
    if (column == 'k') return a.k < b.k;  // nothing is less than anything
    return column == 'v' ? a.v < b.v : a.x < b.x;
}

class RankingCase {
 public:
    explicit RankingCase(std::uint64_t seed) : m_random(seed) {
        m_sort = static_cast<Sort>(pick(0, 4));
        m_limit = pick(1, 5);
        for (const char column : {'k', 'v', 'x'}) {
            if (chance(40)) m_by.push_back({column, chance(50)});
        }
        if (m_by.empty()) m_by.push_back({});
        std::shuffle(m_by.begin(), m_by.end(), m_random);
        m_partitioned = chance(60);
        const bool several =
            m_sort == Sort::SeveralWires || (updating() && chance(30)) || m_sort == Sort::Made;
        // Of a key one wire tells.
        m_wires.resize(several && m_sort != Sort::Keyed ? pick(2, 3) : 1);
        for (std::size_t wire = 0; wire < m_wires.size(); ++wire)
            updating() ? makeChanges(m_wires[wire]) : makeRows(m_wires[wire], static_cast<int>(wire));
    }

    StreamType input() const {
        StreamType type;
        type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                             {"k", Type::of(TypeId::String)},
                                                             {"v", Type::of(TypeId::Int)},
                                                             {"x", Type::of(TypeId::Int)}}});
        type.made = updating() || m_sort == Sort::Made;
        type.eventTime = updating() ? -1 : 0;
        type.updating = updating();
        if (m_sort == Sort::Keyed) type.key = {3};
        type.multiset = m_sort == Sort::Multiset;
        type.sourceOrder = m_sort == Sort::OneWire;
        return type;
    }

    Json params() const {
        Json by = Json::array();
        for (const Direction& one : m_by)
            by.push_back(std::string(1, one.column) + (one.descending ? " DESC" : ""));
        Json params = {{"by", by}, {"limit", m_limit}};
        if (m_partitioned) params["partition_by"] = Json::array({"k"});
        return params;
    }
    int wires() const { return static_cast<int>(m_wires.size()); }
    bool partitioned() const { return m_partitioned; }
    bool updating() const { return m_sort == Sort::Keyed || m_sort == Sort::Multiset; }

    /// The wires in any order, in batches of any size, which may part a pair of updates.
    template <class Send>
    void feed(Send send) {
        for (Wire& wire : m_wires) wire.given = 0;
        const auto goesOn = [](const Wire& wire) { return wire.given < wire.rows.size(); };
        while (std::any_of(m_wires.begin(), m_wires.end(), goesOn)) {
            const std::size_t number = pick(0, m_wires.size() - 1);
            Wire& wire = m_wires[number];
            const std::size_t count = std::min(pick(0, 6), wire.rows.size() - wire.given);
            send(batch(wire, static_cast<int>(number), count));
            wire.given += count;
        }
    }

    /// The table after the rows given so far.
    std::vector<Ranked> table() const {
        std::vector<Ranked> rows;
        for (const Wire& wire : m_wires) {
            for (std::size_t i = 0; i < wire.given; ++i) {
                const Ranked& row = wire.rows[i];
                const bool gone = row.kind == RowKind::Delete || row.kind == RowKind::UpdateBefore;
                if (!gone) {
                    rows.push_back(row);
                    continue;
                }
                rows.erase(std::find_if(rows.begin(), rows.end(),
                                        [&](const Ranked& each) { return each.columns() == row.columns(); }));
            }
        }
        return rows;
    }

    /// Straight from the rules: all are sorted.
    Lines best(std::size_t& cut) const {
        std::map<std::optional<std::string>, std::vector<Ranked>> groups;
        for (const Ranked& row : table()) groups[m_partitioned ? row.k : std::nullopt].push_back(row);
        Lines lines;
        for (auto& [group, rows] : groups) {
            std::sort(rows.begin(), rows.end(),
                      [this](const Ranked& a, const Ranked& b) { return before(a, b); });
            if (rows.size() > m_limit) ++cut;
            for (std::size_t i = 0; i < std::min(rows.size(), m_limit); ++i)
                lines.push_back(rankedLine(rows[i]) + "|" + std::to_string(i + 1));
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

    Lines bestBySqlite() const {
        std::vector<RankedCells> rows;
        for (const Ranked& row : table()) {
            rows.push_back(row.cells());
            rows.back().emplace_back(std::to_string(row.wire));
            rows.back().emplace_back(std::to_string(row.position));
        }
        std::string order;
        for (const Direction& one : m_by)
            order += std::string(1, one.column) + (one.descending ? " DESC, " : ", ");
        order += m_sort == Sort::OneWire        ? "position"
                 : m_sort == Sort::SeveralWires ? "ts, wire, position"
                 : m_sort == Sort::Made         ? "ts, wire, k, v, x"
                                                : "ts, k, v, x";
        Lines lines = rankedBySqlite({{"ts", "TEXT"},
                                      {"k", "TEXT"},
                                      {"v", "INTEGER"},
                                      {"x", "INTEGER"},
                                      {"wire", "INTEGER"},
                                      {"position", "INTEGER"}},
                                     rows, m_partitioned ? "k" : "", order, m_limit);
        for (std::string& line : lines) {  // without wire and position
            const std::size_t rank = line.rfind('|'), position = line.rfind('|', rank - 1);
            line.erase(line.rfind('|', position - 1), rank - line.rfind('|', position - 1));
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

    std::string describe() const {
        std::string text = params().dump() + " sort " + std::to_string(static_cast<int>(m_sort)) + "\n";
        for (std::size_t wire = 0; wire < m_wires.size(); ++wire) {
            for (const Ranked& row : m_wires[wire].rows)
                text += "  wire " + std::to_string(wire) + " " + std::string(toString(row.kind)) + " " +
                        rankedLine(row) + "\n";
        }
        return text;
    }

 private:
    struct Wire {
        std::vector<Ranked> rows{};
        std::size_t given = 0;
    };

    Ranked anyRow() {
        Ranked row;
        row.time = static_cast<Instant>(pick(0, 4));
        if (chance(80)) row.k = std::string(chance(50) ? "a" : "b");
        if (chance(80)) row.v = static_cast<int>(pick(0, 2));
        row.x = static_cast<int>(pick(0, 2));
        return row;
    }

    void makeRows(Wire& wire, int number) {
        for (std::size_t left = pick(0, 16); left > 0; --left) {
            Ranked row = anyRow();
            row.wire = number;
            row.position = static_cast<int>(wire.rows.size());
            wire.rows.push_back(std::move(row));
        }
    }

    /// Of a key there is one row at most.
    void makeChanges(Wire& wire) {
        std::vector<Ranked> there;
        const auto say = [&wire](Ranked row, RowKind kind) {
            row.kind = kind;
            wire.rows.push_back(std::move(row));
        };
        for (std::size_t left = pick(0, 24); left > 0; --left) {
            Ranked row = anyRow();
            if (m_sort == Sort::Keyed) row.x = static_cast<int>(pick(0, 5));
            auto known =
                std::find_if(there.begin(), there.end(), [&](const Ranked& each) { return each.x == row.x; });
            if (m_sort == Sort::Multiset) {
                known = there.empty() || chance(40)
                            ? there.end()
                            : there.begin() + static_cast<std::ptrdiff_t>(pick(0, there.size() - 1));
            }
            if (known == there.end()) {
                say(row, RowKind::Insert);
                there.push_back(std::move(row));
            } else if (chance(60)) {
                say(*known, RowKind::UpdateBefore);
                say(row, RowKind::UpdateAfter);
                *known = std::move(row);
            } else {
                say(*known, RowKind::Delete);
                there.erase(known);
            }
        }
    }

    Batch batch(const Wire& wire, int number, std::size_t count) const {
        std::vector<Lines> texts;
        std::vector<RowKind> kinds;
        for (std::size_t i = wire.given; i < wire.given + count; ++i) {
            Lines& text = texts.emplace_back();
            for (const auto& cell : wire.rows[i].cells()) text.push_back(cell.value_or(""));
            kinds.push_back(wire.rows[i].kind);
        }
        Batch made = textBatch(input().schema, texts);
        made.wire = number;
        made.positions.first = input().made ? -1 : static_cast<std::int64_t>(wire.given);
        if (updating()) made.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        return made;
    }

    bool before(const Ranked& a, const Ranked& b) const {
        for (const Direction& by : m_by) {
            if (isLower(a, b, by.column)) return !by.descending;
            if (isLower(b, a, by.column)) return by.descending;
        }
        if (m_sort == Sort::OneWire) return a.position < b.position;
        if (m_sort == Sort::SeveralWires)
            return std::tie(a.time, a.wire, a.position) < std::tie(b.time, b.wire, b.position);
        if (updating()) return a.columns() < b.columns();
        return std::tuple_cat(std::tie(a.time, a.wire), a.columns()) <
               std::tuple_cat(std::tie(b.time, b.wire), b.columns());
    }

    std::mt19937_64 m_random;
    Sort m_sort = Sort::OneWire;
    bool m_partitioned = false;
    std::size_t m_limit = 1;
    std::vector<Direction> m_by{};
    std::vector<Wire> m_wires{};
};

/// “+U ts|k|v|x|rank”: the changes of a rank of a partition in one batch.
std::string tooMuchTold(const Lines& changes, std::size_t from, bool partitioned) {
    std::map<std::string, std::string> told;
    for (std::size_t i = from; i < changes.size(); ++i) {
        const QStringList cells = QString::fromStdString(changes[i]).split(u'|');
        const QString key = (partitioned ? cells[1] : QString()) + u'|' + cells.last();
        std::string& kinds = told[key.toStdString()];
        kinds += changes[i].substr(0, 2);
        if (kinds != "+I" && kinds != "-D" && kinds != "-U" && kinds != "-U+U")
            return "told of one rank: " + kinds + "\n";
        if (kinds == "-U+U" && changes[i].substr(2) == changes[i - 1].substr(2))
            return "a change of nothing: " + changes[i] + "\n";
    }
    for (const auto& [key, kinds] : told) {
        if (kinds == "-U") return "half a change of " + key + "\n";
    }
    return {};
}

/// The content of cases: without it they would say little.
struct Seen {
    std::size_t cut = 0, resumed = 0, changed = 0;
};

std::string tryCase(std::uint64_t seed, Seen& seen) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kNode = *kCatalogue.find("top_n");
    RankingCase tried(seed);
    const BoundForTest bound = bindNode(kNode, tried.params(), {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const MakeContext context = contextFor(tried.input(), tried.wires(), tried.pick(1, 4));
    std::string wrong;

    // The rows given do not count the batch that is being sent.
    OperatorHarness harness(kNode, *bound.bound, context);
    const auto compare = [&] {
        const Lines best = tried.best(seen.cut);
        if (wrong.empty()) wrong += difference("after a batch", best, harness.table(0));
    };
    tried.feed([&](const Batch& batch) {
        compare();
        const std::size_t before = harness.lines(0).size();
        harness.send(batch);
        // Only where rows are whole is it known that another row looks the same.
        if (tried.input().made) wrong += tooMuchTold(harness.lines(0), before, tried.partitioned());
    });
    compare();
    harness.end();
    wrong += difference("SQLite", tried.bestBySqlite(), harness.table(0));
    for (const std::string& breach : harness.breaches()) wrong += breach + "\n";
    if (tried.updating() && tried.table().empty() && harness.tested().stateSize().keys != 0)
        wrong += "state is left where no row is\n";
    seen.resumed += harness.calls() - harness.sent();
    seen.changed += tried.updating() ? 1 : 0;

    const auto degree = [&] { return tried.partitioned() ? static_cast<int>(tried.pick(1, 5)) : 1; };
    OperatorGroup group(kNode, *bound.bound, context, degree());
    tried.feed([&](const Batch& batch) {
        group.send(batch);
        if (tried.chance(25)) group.restart(degree(), tried.pick(1, 4));
    });
    group.end();
    wrong += difference("rows of a run that was left", tried.best(seen.cut), group.table(0));
    for (const std::string& breach : group.breaches()) wrong += breach + "\n";
    return wrong.empty() ? wrong : tried.describe() + wrong;
}

}  // namespace

class TestUpdatingTopNProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isWhatTheRulesAndSqliteSay() {
        const std::vector<std::uint32_t> seeds = seedsOf(suites::UpdatingTopN);
        const std::uint64_t cases = seeds.size();
        Seen seen;
        for (const std::uint64_t seed : seeds) {
            const std::string wrong = tryCase(seed, seen);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY(seen.cut > cases && seen.resumed > cases / 4 && seen.changed > cases / 4);
    }
};

QTEST_APPLESS_MAIN(TestUpdatingTopNProperty)
#include "test_updating_top_n_property.moc"
