// Random small cases of join: tables that grow or change must be joined as a look at all pairs and SQLite
// join them, at every barrier and at the end, however their changes were cut into batches, came over the two
// inputs, were shared out among instances and were interrupted by restarts.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <array>
#include <random>

#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/support/sqlite_oracle.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kJoinings[] = {"inner", "left", "right", "full"};
/// %L and %R stand for the names of the two sides.
constexpr const char* kConditions[] = {"%L.k = %R.k", "%L.k = %R.k AND %L.v <= %R.v",
                                       "%R.k = %L.k AND %L.id = %R.id", "%L.k = %R.k AND 6 / %R.v > %L.v"};

enum class Changing { Stays, ById, ByKey, Without };

struct Entry {
    int id = 0;
    std::string key{};  ///< empty: NULL
    int v = 0;
    auto operator<=>(const Entry&) const = default;
};

struct Change {
    Entry entry{};
    RowKind kind = RowKind::Insert;
};
using Table = std::vector<Entry>;

const SchemaRef& schema() {
    static const SchemaRef kSchema = schemaOf(
        {{"id", Type::of(TypeId::Int)}, {"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}});
    return kSchema;
}

bool isWithdrawn(RowKind kind) {
    return kind == RowKind::Delete || kind == RowKind::UpdateBefore;
}

std::vector<Value> valuesOf(const Entry& entry) {
    return {Value(std::int32_t{entry.id}), entry.key.empty() ? Value{} : Value(entry.key),
            Value(std::int32_t{entry.v})};
}

std::string half(const Entry* entry, const char* after) {
    if (!entry) return fmt::format("id{0}=NULL, k{0}=NULL, v{0}=NULL", after);
    return fmt::format("id{0}={1}, k{0}={2}, v{0}={3}", after, entry->id,
                       entry->key.empty() ? "NULL" : entry->key, entry->v);
}

std::string joinedLine(const Entry* left, const Entry* right) {
    return half(left, "") + ", " + half(right, "_right");
}

std::string with(std::string text, const std::string& left, const std::string& right) {
    for (const auto& [mark, name] : {std::pair{"%L", left}, std::pair{"%R", right}}) {
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
            text.replace(at, 2, name);
    }
    return text;
}

class Case {
 public:
    explicit Case(unsigned seed) : m_random(seed) {
        m_joining = pick(0, 3);
        m_condition = pick(0, 3);
        for (Side& side : m_sides) {
            side.changing = static_cast<Changing>(pick(0, 3));
            grow(side);
        }
    }

    Json params() const {
        return {{"on", with(kConditions[m_condition], "left", "right")}, {"kind", kJoinings[m_joining]}};
    }
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }

    StreamType stream(std::size_t port) const {
        StreamType type;
        type.schema = schema();
        const Changing changing = m_sides[port].changing;
        type.updating = changing != Changing::Stays;
        type.multiset = changing == Changing::Without;
        if (changing == Changing::ById) type.key = {0};
        if (changing == Changing::ByKey) type.key = {1};
        return type;
    }

    /// The changes from `from` to `to` of either side in batches of any size and any interleaving.
    std::vector<Feed> feeds(std::array<std::size_t, 2> from, const std::array<std::size_t, 2>& to) {
        std::vector<Feed> out;
        while (from != to) {
            const auto port = static_cast<std::size_t>(pick(0, 1));
            const std::size_t count = std::min(static_cast<std::size_t>(pick(0, 5)), to[port] - from[port]);
            out.push_back({static_cast<int>(port), batch(m_sides[port], from[port], count)});
            from[port] += count;
        }
        return out;
    }
    std::array<std::size_t, 2> end() const { return {m_sides[0].changes.size(), m_sides[1].changes.size()}; }
    std::array<std::size_t, 2> somewhere() {
        std::array<std::size_t, 2> at{};
        for (std::size_t port : {0U, 1U})
            at[port] = static_cast<std::size_t>(pick(0, static_cast<int>(end()[port])));
        return at;
    }

    /// The joined table behind so many changes of either side, sorted.
    Lines expected(const std::array<std::size_t, 2>& at) const {
        const Table lefts = tableAt(0, at[0]), rights = tableAt(1, at[1]);
        std::vector<bool> met(rights.size());
        Lines lines;
        for (const Entry& left : lefts) {
            bool alone = true;
            for (std::size_t i = 0; i < rights.size(); ++i) {
                if (!meet(left, rights[i])) continue;
                lines.push_back(joinedLine(&left, &rights[i]));
                met[i] = true;
                alone = false;
            }
            if (alone && m_joining % 2 == 1) lines.push_back(joinedLine(&left, nullptr));
        }
        for (std::size_t i = 0; i < rights.size(); ++i) {
            if (!met[i] && m_joining >= 2) lines.push_back(joinedLine(nullptr, &rights[i]));
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

    /// The same, as SQLite says it.
    Lines expectedOfSqlite(const std::array<std::size_t, 2>& at) const {
        SqliteOracle tables;
        for (const std::size_t port : {0U, 1U}) {
            Rows rows;
            for (const Entry& entry : tableAt(port, at[port])) rows.push_back(valuesOf(entry));
            tables.load(port == 0 ? "l" : "r", *schema(), rows);
        }
        return tables.rows(fmt::format(
            "SELECT l.id AS id, l.k AS k, l.v AS v, r.id AS id_right, r.k AS k_right, r.v AS v_right "
            "FROM l {} JOIN r ON {}",
            kJoinings[m_joining], with(kConditions[m_condition], "l", "r")));
    }

    std::string describe() const {
        std::string out = params().dump() + "\n";
        for (const Side& side : m_sides) {
            for (const Change& change : side.changes) {
                out += fmt::format("  {} {} {}\n", &side == &m_sides[0] ? "left" : "right",
                                   toString(change.kind), half(&change.entry, ""));
            }
        }
        return out;
    }

 private:
    struct Side {
        Changing changing = Changing::Stays;
        std::vector<Change> changes{};
    };

    Entry entry() {
        Entry made;
        made.id = pick(1, 4);
        if (!chance(12)) made.key = std::string(1, static_cast<char>('a' + pick(0, 2)));
        made.v = pick(0, 3);
        return made;
    }

    static bool sameKey(Changing changing, const Entry& a, const Entry& b) {
        return changing == Changing::ById ? a.id == b.id : changing == Changing::ByKey && a.key == b.key;
    }

    void grow(Side& side) {
        Table table;
        for (int left = pick(0, 12); left > 0; --left) {
            const bool stays = side.changing == Changing::Stays;
            if (!stays && !table.empty() && chance(30)) {
                const auto gone = table.begin() + pick(0, static_cast<int>(table.size()) - 1);
                side.changes.push_back({*gone, RowKind::Delete});
                table.erase(gone);
                continue;
            }
            Entry made = entry();
            const auto known = std::find_if(table.begin(), table.end(), [&](const Entry& other) {
                return sameKey(side.changing, made, other);
            });
            if (known == table.end()) {
                side.changes.push_back({made, RowKind::Insert});
                table.push_back(std::move(made));
            } else {
                side.changes.push_back({*known, RowKind::UpdateBefore});
                side.changes.push_back({made, RowKind::UpdateAfter});
                *known = std::move(made);
            }
        }
    }

    Table tableAt(std::size_t port, std::size_t count) const {
        Table table;
        for (std::size_t i = 0; i < count; ++i) {
            const Change& change = m_sides[port].changes[i];
            if (isWithdrawn(change.kind)) {
                table.erase(std::find(table.begin(), table.end(), change.entry));
            } else {
                table.push_back(change.entry);
            }
        }
        return table;
    }

    bool meet(const Entry& left, const Entry& right) const {
        if (left.key.empty() || left.key != right.key) return false;
        switch (m_condition) {
            case 1:
                return left.v <= right.v;
            case 2:
                return left.id == right.id;
            case 3:
                return right.v != 0 && 6 / right.v > left.v;
            default:
                return true;
        }
    }

    static Batch batch(const Side& side, std::size_t from, std::size_t count) {
        Rows rows;
        std::vector<RowKind> kinds;
        for (std::size_t i = from; i < from + count; ++i) {
            rows.push_back(valuesOf(side.changes[i].entry));
            kinds.push_back(side.changes[i].kind);
        }
        return batchOf(schema(), rows, side.changing == Changing::Stays ? std::vector<RowKind>{} : kinds);
    }

    std::mt19937 m_random;
    int m_joining = 0, m_condition = 0;
    std::array<Side, 2> m_sides{};
};

/// The rows of a log as a table, without the kinds of rows that stay.
Lines tableOf(const PortLog& log, const StreamType& stream) {
    Lines lines = log.result(stream);
    if (stream.updating) return lines;
    for (std::string& line : lines) line.erase(0, 3);
    return lines;
}

/// A change in a log that no table allows: it takes back a row that is not there, or gives a key twice.
std::string misstep(const PortLog& log, const StreamType& stream) {
    std::map<std::string, int> rows, keys;
    for (std::size_t i = 0; i < log.rows.size(); ++i) {
        const bool gone = log.rows[i].starts_with("-");
        const int count = rows[log.rows[i].substr(3)] += gone ? -1 : 1;
        if (count < 0) return "taken back, but not there: " + log.rows[i];
        if (stream.updating && !stream.multiset && (keys[log.keys[i]] += gone ? -1 : 1) > 1)
            return "a key that is there twice: " + log.rows[i];
    }
    return {};
}

std::string differs(const char* what, const Lines& expected, const Lines& found) {
    if (expected == found) return {};
    return fmt::format("{}: expected\n  {}\nfound\n  {}\n", what, fmt::join(expected, "\n  "),
                       fmt::join(found, "\n  "));
}

const NodeKind& kind() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("join");
}

/// The difference from the tables, or an empty text.
std::string tryCase(Case& tried, bool sqlite) {
    const std::vector<StreamType> inputs{tried.stream(0), tried.stream(1)};
    const BoundForTest bound = bindNode(kind(), tried.params(), {{inputs[0]}, {inputs[1]}});
    if (!bound.node) return "not bound: " + bound.said();
    const StreamType& stream = bound.node->outputs[0];
    const auto options = [&tried](const Driven* before, bool leaves) {
        DriveOptions chosen;
        chosen.batchRows = static_cast<std::size_t>(tried.pick(1, 5));
        chosen.instances = tried.pick(1, 3);
        chosen.leaves = leaves;
        chosen.before = before;
        return chosen;
    };
    const auto wrong = [&](const Driven& driven, const std::array<std::size_t, 2>& at) {
        if (!driven.status.ok()) return english(driven.status.error());
        if (!driven.problems.empty()) return driven.problems.front();
        std::string why = misstep(driven.ports[0], stream);
        const Lines found = tableOf(driven.ports[0], stream);
        if (why.empty()) why = differs("by pairs", tried.expected(at), found);
        if (why.empty() && sqlite) why = differs("by SQLite", tried.expectedOfSqlite(at), found);
        return why;
    };
    const std::array<std::size_t, 2> middle = tried.somewhere();
    const auto first = tried.feeds({}, middle);
    const Driven before = drive(kind(), bound.node, inputs, first, options(nullptr, true));
    if (std::string why = wrong(before, middle); !why.empty()) return "at the barrier " + why;

    DriveOptions one = options(nullptr, true), other = options(nullptr, true);
    one.instances = other.instances = 1;
    if (drive(kind(), bound.node, inputs, first, one).states !=
        drive(kind(), bound.node, inputs, tried.feeds({}, middle), other).states)
        return "the state depends on how the rows came";

    const auto rest = tried.feeds(middle, tried.end());
    const Driven whole = drive(kind(), bound.node, inputs, rest, options(&before, false));
    if (whole.ports[0].watermark != kMaxTimestamp) return "the last watermark did not come";
    if (std::string why = wrong(whole, tried.end()); !why.empty()) return "at the end " + why;

    // A column that is not read may be missing.
    std::vector<ColumnSet> wanted;
    for (const StreamType& output : bound.node->outputs) wanted.emplace_back(output.schema->size());
    for (std::size_t column = 0; column < wanted[0].size(); ++column) wanted[0][column] = tried.chance(30);
    DriveOptions shown = one;
    shown.shown = wanted;
    const auto pruned = withoutUnread(first, columnsRead(*bound.node, wanted, inputs));
    return differs("without columns", drive(kind(), bound.node, inputs, first, shown).ports[0].rows,
                   drive(kind(), bound.node, inputs, pruned, shown).ports[0].rows);
}

}  // namespace

class TestJoinProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void asTheTablesAreJoined() {
        constexpr unsigned kEach = 5;  // SQLite is asked of one in so many
        for (const unsigned seed : seedsOf(suites::Joins)) {
            Case tried(seed);
            const std::string wrong = tryCase(tried, seed % kEach == 0);
            if (!wrong.empty())
                QFAIL(("case " + std::to_string(seed) + "\n" + tried.describe() + wrong).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestJoinProperty)
#include "test_join_property.moc"
