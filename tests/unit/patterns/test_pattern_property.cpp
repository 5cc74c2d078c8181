// Random patterns over random rows: the matches must be those of a naive matcher, however the rows were cut
// into batches, shared out among instances, and interrupted by a restart.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <random>

#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/patterns/naive_matcher.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
using Kind = NaivePattern::Kind;

constexpr int kVariables = 3;
constexpr const char* kAfter[] = {"PAST LAST ROW", "TO NEXT ROW", "TO FIRST %", "TO LAST %", "TO %"};
constexpr const char* kConditions[] = {"TRUE",
                                       "v > 2",
                                       "v < 3",
                                       "%.v > PREV(%.v)",
                                       "v >= LAST(%.v, 1) OR LAST(%.v, 1) IS NULL",
                                       "SUM(%.v) < 7",
                                       "COUNT(*) <= 3",
                                       "v <> NEXT(v)",
                                       "v = FIRST(v)",
                                       "12 / v > 4",
                                       "LAST(A.v) < 4 OR A.v IS NULL"};

const StreamType& stream() {
    static const StreamType kStream = [] {
        StreamType type;
        type.schema = schemaOf({{"id", Type::of(TypeId::Int)},
                                {"k", Type::of(TypeId::String)},
                                {"v", Type::of(TypeId::Int)},
                                {"ts", Type::of(TypeId::Timestamp)}});
        type.eventTime = 3;
        type.sourceOrder = true;
        return type;
    }();
    return kStream;
}

std::string named(std::string text, int variable) {
    for (char& c : text) {
        if (c == '%') c = static_cast<char>('A' + variable);
    }
    return text;
}

std::string shown(const std::optional<int>& value) {
    return value ? std::to_string(*value) : "NULL";
}

class Case {
 public:
    explicit Case(unsigned seed) : m_random(seed) {
        m_pattern = part(3);
        while (!uses(m_pattern)) m_pattern = part(3);
        for (int& condition : m_conditions) condition = pick(0, 10);
        m_after = pick(0, 4);
        m_skipTo = pick(0, kVariables - 1);
        if (!has(m_pattern, m_skipTo)) m_after = pick(0, 1);
        m_all = chance(50);
        if (chance(60)) m_within = pick(1, 6) * 1'000;
        if (!m_within || chance(20)) m_maxRows = static_cast<std::size_t>(pick(1, 8));
        long time = 1'700'000'000'000;
        for (int i = pick(0, 22); i > 0; --i) {
            NaiveRow row;
            row.id = static_cast<int>(m_rows.size()) + 1;
            row.key = std::string(1, static_cast<char>('a' + pick(0, 1)));
            if (!chance(7)) row.v = pick(0, 5);
            time += chance(6) ? 9'000 : pick(0, 3) * 500;
            row.time = time - (chance(20) ? pick(0, 3) * 500 : 0);
            m_rows.push_back(std::move(row));
        }
    }

    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }
    bool all() const { return m_all; }
    std::size_t rows() const { return m_rows.size(); }

    Json params() const {
        Json define = Json::array();
        for (int variable = 0; variable < kVariables; ++variable) {
            if (m_conditions[variable] > 0 && has(m_pattern, variable))
                define.push_back(named("%: ", variable) + conditionText(variable));
        }
        Json out = {
            {"partition_by", Json::array({"k"})},
            {"pattern", m_pattern.text()},
            {"define", define},
            {"measures", Json::array({"MATCH_NUMBER() AS m", "CLASSIFIER() AS c", "FIRST(id) AS f",
                                      "LAST(id) AS l", "COUNT(*) AS n", "SUM(v) AS s", "FINAL MAX(v) AS x",
                                      "FINAL LAST(id) AS e", "PREV(FIRST(id)) AS p", "NEXT(LAST(id)) AS q"})},
            {"after_match", named(kAfter[m_after], m_skipTo)},
            {"rows_per_match", m_all ? "all" : "one"}};
        if (m_within) out["within"] = std::to_string(*m_within) + "ms";
        if (m_maxRows) out["max_rows"] = *m_maxRows;
        return out;
    }

    std::vector<std::vector<Value>> values() const {
        std::vector<std::vector<Value>> out;
        for (const NaiveRow& row : m_rows) {
            out.push_back({Value(std::int32_t{row.id}), Value(row.key),
                           row.v ? Value(std::int32_t{*row.v}) : Value{}, Value(std::int64_t{row.time})});
        }
        return out;
    }

    /// Sorted; nothing when the naive matcher needs too long.
    std::optional<Lines> expected() const {
        Lines lines;
        std::map<std::string, std::vector<NaiveRow>> partitions;
        for (const NaiveRow& row : m_rows) partitions[row.key].push_back(row);
        for (auto& [key, rows] : partitions) {
            std::stable_sort(rows.begin(), rows.end(),
                             [](const NaiveRow& a, const NaiveRow& b) { return a.time < b.time; });
            if (!matchAll(rows, lines)) return std::nullopt;
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

    std::string describe() const {
        std::string out = params().dump() + "\n";
        for (const NaiveRow& row : m_rows)
            out += fmt::format("  {} {} v={} at {}\n", row.id, row.key, shown(row.v),
                               row.time - 1'700'000'000'000);
        return out;
    }

 private:
    std::string conditionText(int variable) const {
        // The last one names A, which the pattern may not have.
        const int condition = m_conditions[variable];
        return named(kConditions[condition == 10 && !has(m_pattern, 0) ? 0 : condition], variable);
    }

    NaivePattern part(int depth) {
        NaivePattern out;
        const int kind = depth == 0 ? 0 : pick(0, 19);
        if (kind <= 4) {
            out.kind = Kind::Variable;
            out.variable = pick(0, kVariables - 1);
            return out;
        }
        if (kind == 5 && chance(50)) {
            out.kind = chance(50) ? Kind::Start : Kind::End;
            return out;
        }
        int parts = pick(2, 3);
        if (kind <= 10) {
            out.kind = Kind::Sequence;
        } else if (kind <= 12) {
            out.kind = Kind::Choice;
        } else if (kind <= 13) {
            out.kind = Kind::Permute;
        } else {
            parts = 1;
            out.kind = kind == 14 && !m_excluding ? Kind::Exclude : Kind::Repeat;
        }
        if (out.kind == Kind::Repeat) {
            out.least = pick(0, 2);
            out.most = chance(50) ? -1 : std::max(1, out.least + pick(0, 2));
            out.reluctant = chance(35);
        }
        const bool before = m_excluding;
        m_excluding = m_excluding || out.kind == Kind::Exclude;
        for (; parts > 0; --parts) out.parts.push_back(part(depth - 1));
        m_excluding = before;
        return out;
    }

    static bool has(const NaivePattern& part, int variable) {
        if (part.kind == Kind::Variable) return part.variable == variable;
        return std::any_of(part.parts.begin(), part.parts.end(),
                           [variable](const NaivePattern& each) { return has(each, variable); });
    }
    static bool uses(const NaivePattern& part) { return has(part, 0) || has(part, 1) || has(part, 2); }

    bool holds(const std::vector<NaiveRow>& rows, const NaivePath& path, std::size_t at, int variable) const {
        const std::optional<int> v = rows[at].v;
        std::optional<int> before;  // the last row of the variable, and of A
        std::optional<int> lastA{};
        if (variable == 0) lastA = v;
        bool any = false;
        int sum = v.value_or(0);
        bool summed = v.has_value();
        for (const NaiveTaken& taken : path) {
            const std::optional<int> value = rows[taken.row].v;
            if (taken.variable == 0 && variable != 0) lastA = value;
            if (taken.variable != variable) continue;
            before = value;
            any = true;
            sum += value.value_or(0);
            summed = summed || value.has_value();
        }
        const std::size_t first = path.empty() ? at : path.front().row;
        switch (m_conditions[variable]) {
            case 1:
                return v && *v > 2;
            case 2:
                return v && *v < 3;
            case 3:
                return at > 0 && v && rows[at - 1].v && *v > *rows[at - 1].v;
            case 4:
                return !any || !before || (v && *v >= *before);
            case 5:
                return summed && sum < 7;
            case 6:
                return path.size() + 1 <= 3;
            case 7:
                return at + 1 < rows.size() && v && rows[at + 1].v && *v != *rows[at + 1].v;
            case 8:
                return v && rows[first].v && *v == *rows[first].v;
            case 9:
                return v && *v != 0 && 12 / *v > 4;
            case 10:
                return !has(m_pattern, 0) || !lastA || *lastA < 4;
            default:
                return true;
        }
    }

    bool matchAll(const std::vector<NaiveRow>& rows, Lines& lines) const {
        NaiveMatcher matcher{rows, [&](const NaivePath& path, std::size_t at, int variable) {
                                 return holds(rows, path, at, variable);
                             }};
        matcher.within = m_within;
        matcher.maxRows = m_maxRows;
        int number = 0;
        for (std::size_t start = 0; start < rows.size();) {
            matcher.steps = 0;
            const bool matched = matcher.search(m_pattern, start);
            if (matcher.steps > NaiveMatcher::kMostSteps) return false;
            std::size_t next = start + 1;
            if (matched && on(matcher.path, start, next))
                describeMatch(rows, matcher.path, start, ++number, lines);
            start = next;
        }
        return true;
    }

    /// Where the search goes on; false: it can't, and there is no match.
    bool on(const NaivePath& path, std::size_t start, std::size_t& next) const {
        if (path.empty() || m_after == 1) return true;
        if (m_after == 0) {
            next = start + path.size();
            return true;
        }
        std::optional<std::size_t> first, last;
        for (const NaiveTaken& taken : path) {
            if (taken.variable != m_skipTo) continue;
            if (!first) first = taken.row;
            last = taken.row;
        }
        const std::optional<std::size_t> to = m_after == 2 ? first : last;
        if (!to || *to == start) return false;
        next = *to;
        return true;
    }

    void describeMatch(const std::vector<NaiveRow>& rows, const NaivePath& path, std::size_t start,
                       int number, Lines& lines) const {
        if (!m_all || path.empty()) {
            lines.push_back(line(rows, path, start, path.size(), number));
            return;
        }
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (!path[i].excluded) lines.push_back(line(rows, path, path[i].row, i + 1, number));
        }
    }

    std::string line(const std::vector<NaiveRow>& rows, const NaivePath& path, std::size_t row,
                     std::size_t upTo, int number) const {
        const auto id = [&](std::optional<std::size_t> at) {
            return at && *at < rows.size() ? std::to_string(rows[*at].id) : std::string("NULL");
        };
        const auto place = [&](std::size_t i) {
            return i < path.size() ? std::optional<std::size_t>(path[i].row) : std::nullopt;
        };
        std::optional<int> sum, most;
        for (std::size_t i = 0; i < path.size(); ++i) {
            const std::optional<int> v = rows[path[i].row].v;
            if (!v) continue;
            if (i < upTo) sum = sum.value_or(0) + *v;
            most = std::max(most.value_or(*v), *v);
        }
        const bool empty = path.empty();
        const std::optional<std::size_t> first = place(0), last = empty ? std::nullopt : place(upTo - 1);
        std::string out = "+I ";
        if (m_all) out += fmt::format("id={}, ", rows[row].id);
        out += fmt::format(
            "k={}, m={}, c={}, f={}, l={}, n={}, s={}, x={}, e={}, p={}, q={}", rows[row].key, number,
            empty ? "NULL" : std::string(1, static_cast<char>('A' + path[upTo - 1].variable)), id(first),
            id(last), upTo, shown(sum), shown(most), id(empty ? std::nullopt : place(path.size() - 1)),
            first && *first > 0 ? id(*first - 1) : "NULL", last ? id(*last + 1) : "NULL");
        return out;
    }

    std::mt19937 m_random;
    bool m_excluding = false;
    NaivePattern m_pattern{};
    int m_conditions[kVariables] = {};
    int m_after = 0, m_skipTo = 0;
    bool m_all = false;
    std::optional<long> m_within{};
    std::optional<std::size_t> m_maxRows{};
    std::vector<NaiveRow> m_rows{};
};

const NodeKind& kind() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("pattern");
}

struct Tally {
    int matches = 0, rejected = 0, skipped = 0;
};

std::string tryCase(Case& tried, Tally& tally) {
    const BoundForTest bound = bindNode(kind(), tried.params(), {{stream()}});
    if (!bound.node) return "not bound: " + bound.said();
    const std::optional<Lines> expected = tried.expected();
    if (!expected) {
        ++tally.skipped;
        return {};
    }
    const auto options = [&](const Driven* before, bool leaves) {
        DriveOptions chosen;
        chosen.batchRows = static_cast<std::size_t>(tried.pick(1, 5));
        chosen.instances = tried.pick(1, 3);
        chosen.leaves = leaves;
        chosen.before = before;
        for (const StreamType& output : bound.node->outputs) {
            chosen.shown.emplace_back(output.schema->size(), true);
            for (std::size_t i = 0; i < output.schema->size(); ++i) {
                const std::string& name = output.schema->fields[i].name;
                if (name == "match_start" || name == "match_end" || name == "ts" || name == "v")
                    chosen.shown.back()[i] = false;
            }
        }
        return chosen;
    };
    const std::vector<std::vector<Value>> rows = tried.values();
    const auto middle = static_cast<std::size_t>(tried.pick(0, static_cast<int>(rows.size())));
    const std::vector<std::vector<Value>> some(rows.begin(),
                                               rows.begin() + static_cast<std::ptrdiff_t>(middle));
    const auto size = static_cast<std::size_t>(tried.pick(1, 6));
    const Driven before = drive(kind(), bound.node, {stream()}, feeds(1, batches(stream(), some, size)),
                                options(nullptr, true));
    const Driven whole = drive(kind(), bound.node, {stream()},
                               feeds(1, batches(stream(), rows, size, middle)), options(&before, false));
    if (!whole.status.ok()) return english(whole.status.error());
    if (!whole.problems.empty()) return whole.problems.front();
    if (whole.ports[0].watermark != kMaxTimestamp) return "the last watermark did not come";
    Lines found = whole.ports[0].rows;
    std::sort(found.begin(), found.end());
    tally.matches += static_cast<int>(expected->size());
    tally.rejected += static_cast<int>(whole.rejected.size());
    if (found == *expected) return {};
    return fmt::format("expected\n  {}\nfound\n  {}\n", fmt::join(*expected, "\n  "),
                       fmt::join(found, "\n  "));
}

}  // namespace

class TestPatternProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void matchesAreThoseOfANaiveMatcher() {
        Tally tally;
        int cases = 0;
        for (const std::uint32_t seed : seedsOf(suites::RowPatterns)) {
            Case tried(seed);
            const std::string why = tryCase(tried, tally);
            if (!why.empty()) QFAIL(fmt::format("case {}: {}{}", seed, tried.describe(), why).c_str());
            ++cases;
        }
        if (cases < 100) return;
        QVERIFY(tally.matches > cases);
        QVERIFY(tally.rejected > 0);
        QVERIFY(tally.skipped < cases / 10);
    }
};

QTEST_APPLESS_MAIN(TestPatternProperty)
#include "test_pattern_property.moc"
