// Random small cases of group_aggregate: rows that come, and rows that come and go, against SQL by SQLite;
// keys that end by themselves against one row at a time. However the rows were cut into batches, came over
// wires, were shared out among instances and were interrupted by a restart.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "core/data/state_writer.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/support/sqlite_oracle.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& grouping() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("group_aggregate");
}

/// id BIGINT, k STRING, g INT, v BIGINT, d DOUBLE, t STRING, ts TIMESTAMP(3).
const SchemaRef& columns() {
    static const SchemaRef kColumns = schemaOf({{"id", Type::of(TypeId::Bigint)},
                                                {"k", Type::of(TypeId::String)},
                                                {"g", Type::of(TypeId::Int)},
                                                {"v", Type::of(TypeId::Bigint)},
                                                {"d", Type::of(TypeId::Double)},
                                                {"t", Type::of(TypeId::String)},
                                                {"ts", Type::of(TypeId::Timestamp)}});
    return kColumns;
}

/// The difference between the changes and the table that they are to make: a key has one row at a time, and a
/// withdrawal is of that row. `forgets`: a key may start again without that.
std::string changesFault(const PortLog& log, bool forgets) {
    std::map<std::string, std::optional<std::string>> shown;
    for (std::size_t i = 0; i < log.rows.size(); ++i) {
        const std::string kind = log.rows[i].substr(0, 2), row = log.rows[i].substr(3);
        std::optional<std::string>& now = shown[log.keys[i]];
        if (kind == "-U" || kind == "-D") {
            if (now != row) return "taken back, but not there: " + log.rows[i];
            now.reset();
            continue;
        }
        if (now && (kind == "+U" || !forgets)) return "a second row of a key: " + log.rows[i];
        now = row;
    }
    return {};
}

class Case {
 public:
    explicit Case(unsigned seed) : m_random(seed) {}

    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }

    std::vector<Value> row() {
        const auto orNull = [this](Value value) { return chance(15) ? Value{} : std::move(value); };
        const auto word = [this](int length) {
            return std::string(static_cast<std::size_t>(pick(0, length)),
                               static_cast<char>('a' + pick(0, 2)));
        };
        return {Value(m_next++),
                orNull(word(1)),
                orNull(std::int32_t{pick(0, 2)}),
                orNull(std::int64_t{pick(-3, 6)}),
                orNull(pick(-40, 40) / 8.0),
                orNull(word(20)),
                Value(std::int64_t{0})};
    }

    DriveOptions options(bool keyed, int wires, const Driven* before = nullptr) {
        DriveOptions chosen;
        chosen.wires = wires;
        chosen.batchRows = static_cast<std::size_t>(pick(2, 6));
        chosen.instances = keyed ? pick(1, 3) : 1;
        chosen.before = before;
        return chosen;
    }

    /// The batches, with a restart on the way now and then. `wrong` gets the error.
    Driven driven(const BoundNodeRef& bound, const StreamType& input, const std::vector<Feed>& feeds,
                  int wires, bool leaves, std::string& wrong) {
        const bool keyed = bound->distribution.kind == Distribution::Kind::Keyed;
        const auto barrier = feeds.begin() + pick(0, static_cast<int>(feeds.size()));
        Driven before;
        const bool restarts = chance(40);
        if (restarts) {
            DriveOptions first = options(keyed, wires);
            first.leaves = true;
            before = drive(grouping(), bound, {input}, {feeds.begin(), barrier}, first);
            if (!before.status.ok()) wrong = english(before.status.error());
            if (!wrong.empty()) return before;
        }
        DriveOptions rest = options(keyed, wires, restarts ? &before : nullptr);
        rest.leaves = leaves;
        Driven after =
            drive(grouping(), bound, {input}, {restarts ? barrier : feeds.begin(), feeds.end()}, rest);
        if (!after.status.ok()) wrong = english(after.status.error());
        if (!after.problems.empty()) wrong = after.problems.front();
        if (!after.rejected.empty()) wrong = "rejected: " + after.rejected.front();
        return after;
    }

 private:
    std::mt19937 m_random;
    std::int64_t m_next = 0;
};

/// Keys and aggregates, and the same in SQL.
struct Question {
    Json params = Json::object();
    std::string sql{};
};

Question questionOf(Case& tried, bool ordered) {
    const Lines keys =
        std::vector<Lines>{Lines{}, Lines{"k"}, Lines{"k", "g"}}[static_cast<std::size_t>(tried.pick(0, 2))];
    const std::vector<std::pair<std::string, const char*>> asked = {
        {"COUNT(*)", "n"},
        {"COUNT(v)", "nv"},
        {"COUNT(DISTINCT v)", "dv"},
        {"SUM(v)", "s"},
        {"AVG(v)", "av"},
        {"MIN(v)", "lo"},
        {"MAX(t)", "hi"},
        {"SUM(d)", "sd"},
        {"AVG(d)", "ad"},
        {"MIN(d)", "ld"},
        {"SUM(DISTINCT v)", "sdv"},
        {"SUM(v) FILTER (WHERE v > 1)", "f"},
        {"COUNT(*) FILTER (WHERE t = 'a' OR d < 0)", "nf"}};
    Question question;
    question.params["keys"] = keys;
    Json& aggregates = question.params["aggregates"] = Json::array();
    std::string same = "TRUE";
    for (const std::string& key : keys) {
        question.sql += key + ", ";
        same += fmt::format(" AND o.{0} IS given.{0}", key);
    }
    const auto add = [&](const std::string& aggregate, const std::string& sql, const char* name) {
        question.sql += fmt::format("{}{} AS {}", aggregates.empty() ? "" : ", ", sql, name);
        aggregates.push_back(aggregate + " AS " + name);
    };
    for (const auto& [aggregate, name] : asked) {
        if (tried.chance(60)) add(aggregate, aggregate, name);
    }
    const auto outermost = [&](const char* order) {
        return fmt::format(
            "(SELECT o.v FROM given AS o WHERE o.v IS NOT NULL AND {} ORDER BY o.id {} LIMIT 1)", same,
            order);
    };
    if (ordered || aggregates.empty()) add("COUNT(*)", "COUNT(*)", "c");
    if (ordered) add("FIRST_VALUE(v)", outermost("ASC"), "fv");
    if (ordered) add("LAST_VALUE(v)", outermost("DESC"), "lv");
    // Without keys there is a row when there are rows, as in Flink.
    const std::string groups = keys.empty() ? "NULL" : fmt::format("{}", fmt::join(keys, ", "));
    question.sql = "SELECT " + question.sql + " FROM given GROUP BY " + groups;
    return question;
}

std::string compared(const Driven& driven, const StreamType& output, const Lines& expected) {
    if (std::string fault = changesFault(driven.ports[0], false); !fault.empty()) return fault;
    const Lines found = driven.ports[0].result(output);
    if (found == expected) return {};
    return fmt::format("expected\n  {}\nfound\n  {}\n", fmt::join(expected, "\n  "),
                       fmt::join(found, "\n  "));
}

/// Rows that come, over one wire or two.
std::string tryInserts(Case& tried) {
    const int wires = tried.pick(1, 2);
    StreamType input;
    input.schema = columns();
    input.sourceOrder = wires == 1;
    const Question question = questionOf(tried, wires == 1 && tried.chance(50));
    const BoundForTest bound = bindNode(grouping(), question.params, {{input}});
    if (!bound.node) return bound.said();
    Rows rows;
    std::vector<Feed> feeds;
    std::vector<std::int64_t> given(static_cast<std::size_t>(wires));
    for (int left = tried.pick(0, 12); left > 0; --left) {
        Rows some;
        for (int n = tried.pick(0, 5); n > 0; --n) some.push_back(tried.row());
        Batch batch = batchOf(columns(), some);
        batch.wire = tried.pick(0, wires - 1);
        std::int64_t& place = given[static_cast<std::size_t>(batch.wire)];
        batch.positions.first = place;
        place += static_cast<std::int64_t>(some.size());
        feeds.push_back({0, std::move(batch)});
        rows.insert(rows.end(), some.begin(), some.end());
    }
    std::string wrong;
    const Driven driven = tried.driven(bound.node, input, feeds, wires, false, wrong);
    if (!wrong.empty()) return wrong;
    SqliteOracle oracle;
    oracle.load("given", *columns(), rows);
    wrong = compared(driven, bound.node->outputs[0], oracle.rows(question.sql));
    return wrong.empty() ? wrong : question.sql + "\n" + wrong;
}

/// Rows that come, change and go.
std::string tryUpdates(Case& tried) {
    StreamType input;
    input.schema = columns();
    input.updating = input.made = true;
    input.key = {0};
    const Question question = questionOf(tried, false);
    const BoundForTest bound = bindNode(grouping(), question.params, {{input}});
    if (!bound.node) return bound.said();
    Rows standing;
    std::vector<Feed> feeds;
    for (int left = tried.pick(0, 25); left > 0; --left) {
        Rows some;
        std::vector<RowKind> kinds;
        const auto change = [&](RowKind kind, const std::vector<Value>& row) {
            some.push_back(row);
            kinds.push_back(kind);
        };
        for (int n = tried.pick(0, 5); n > 0; --n) {
            if (standing.empty() || tried.chance(40)) {
                standing.push_back(tried.row());
                change(RowKind::Insert, standing.back());
                continue;
            }
            const auto at = static_cast<std::size_t>(tried.pick(0, static_cast<int>(standing.size()) - 1));
            if (tried.chance(50)) {
                change(RowKind::Delete, standing[at]);
                standing.erase(standing.begin() + static_cast<std::ptrdiff_t>(at));
                continue;
            }
            change(RowKind::UpdateBefore, standing[at]);
            const Value id = standing[at][0];
            standing[at] = tried.row();
            standing[at][0] = id;
            change(RowKind::UpdateAfter, standing[at]);
        }
        feeds.push_back({0, batchOf(columns(), some, std::move(kinds))});
    }
    std::string wrong;
    const Driven driven = tried.driven(bound.node, input, feeds, 1, false, wrong);
    if (!wrong.empty()) return wrong;
    SqliteOracle oracle;
    oracle.load("given", *columns(), standing);
    wrong = compared(driven, bound.node->outputs[0], oracle.rows(question.sql));
    return wrong.empty() ? wrong : question.sql + "\n" + wrong;
}

/// A key by rule 17, one row at a time.
struct Life {
    Instant newest = 0;
    std::int64_t count = 0, sum = 0;
    std::string line(const std::string& key) const {
        return fmt::format("k={}, n={}, s={}", key, count, sum);
    }
};

/// Rows of one wire whose keys end by themselves.
std::string tryLives(Case& tried) {
    StreamType input;
    input.schema = columns();
    input.eventTime = 6;
    input.sourceOrder = true;
    const Millis ttl = tried.pick(1, 12), delay = tried.pick(0, 6);
    const Json params = {{"keys", {"k"}},
                         {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s"}},
                         {"state_ttl", formatDuration(ttl)}};
    const BoundForTest bound = bindNode(grouping(), params, {{input}});
    if (!bound.node) return bound.said();

    std::map<std::string, Life> lives;
    std::multiset<std::string> expected;  // the last row of every life
    std::vector<Feed> feeds;
    Instant clock = 100, largest = kMinTimestamp;
    std::int64_t given = 0;
    for (int left = tried.pick(0, 12); left > 0; --left) {
        Rows some;
        std::vector<Instant> stamps;
        for (int n = tried.pick(0, 5); n > 0; --n) {
            clock += tried.pick(0, 5);
            std::vector<Value> row = tried.row();
            const std::string key(1, static_cast<char>('a' + tried.pick(0, 2)));
            const std::int64_t value = tried.pick(-5, 5);
            const Instant time = clock - tried.pick(0, 10), stamp = saturatingAdd(largest, -delay);
            row[1] = key;
            row[3] = value;
            row[6] = time;
            some.push_back(row);
            stamps.push_back(stamp);
            largest = std::max(largest, time);

            Life& life = lives[key];
            if (life.count > 0 && stamp >= life.newest + ttl) {
                expected.insert(life.line(key));
                life = {};
            }
            life.newest = life.count == 0 ? time : std::max(life.newest, time);
            ++life.count;
            life.sum += value;
        }
        Batch batch = batchOf(columns(), some);
        batch.positions.first = given;
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        batch.watermark = saturatingAdd(largest, -delay);
        given += static_cast<std::int64_t>(some.size());
        feeds.push_back({0, std::move(batch)});
    }
    for (const auto& [key, life] : lives) expected.insert(life.line(key));
    Batch end = batchOf(columns(), {});
    end.watermark = kMaxTimestamp;
    feeds.push_back({0, end});

    std::string wrong;
    const Driven driven = tried.driven(bound.node, input, feeds, 1, true, wrong);
    if (!wrong.empty()) return wrong;
    if (std::string fault = changesFault(driven.ports[0], true); !fault.empty()) return fault;
    std::multiset<std::string> found;
    for (const std::string& row : driven.ports[0].rows) {
        if (row[0] == '+') {
            found.insert(row.substr(3));
        } else {
            found.erase(found.find(row.substr(3)));
        }
    }
    if (found != expected) {
        return fmt::format("{}, delay {}: expected\n  {}\nfound\n  {}\n", params.dump(), delay,
                           fmt::join(expected, "\n  "), fmt::join(found, "\n  "));
    }
    DriveOptions untouched;
    untouched.leaves = true;
    // The moment of the end is in the state.
    const std::string nothing = drive(grouping(), bound.node, {input}, {{0, end}}, untouched).states.front();
    for (const std::string& state : driven.states) {
        if (state != nothing) return "state is left at the end";
    }
    return {};
}

template <class Try>
void tryAll(const Suite& suite, Try tryOne) {
    for (const unsigned seed : seedsOf(suite)) {
        Case tried(seed);
        const std::string wrong = tryOne(tried);
        if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
    }
}

}  // namespace

class TestGroupAggregateProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsThatComeAsInSql() { tryAll(suites::GroupsOfInserts, tryInserts); }
    void rowsThatComeAndGoAsInSql() { tryAll(suites::GroupsOfUpdates, tryUpdates); }
    void keysThatEndByThemselves() { tryAll(suites::GroupsWithTtl, tryLives); }
};

QTEST_APPLESS_MAIN(TestGroupAggregateProperty)
#include "test_group_aggregate_property.moc"
