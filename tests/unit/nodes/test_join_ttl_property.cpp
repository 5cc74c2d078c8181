// Random small cases of join with a time to live: pairs must be those of a table of keys that is looked at
// row by row and forgets a key by the stamp of the row that finds it (event-time rules, 17), however rows of
// one side that follow each other were cut into batches, were shared out among instances and were interrupted
// by a restart. Which row of two sides came first is given.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "core/data/state_writer.h"
#include "core/data/text.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kJoinings[] = {"inner", "left", "right", "full"};

struct Event {
    int port = 0;
    std::string key{};  ///< empty: NULL
    int v = 0;
    Instant time = 0, stamp = kMinTimestamp;
    std::size_t partners = 0;  ///< while the rules are followed
};

StreamType stream() {
    StreamType made;
    made.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    made.eventTime = 2;
    return made;
}

std::string half(const Event* event, const char* after) {
    if (!event) return fmt::format("k{0}=NULL, v{0}=NULL, ts{0}=NULL", after);
    std::string time;
    appendTimestamp(time, event->time);
    return fmt::format("k{0}={1}, v{0}={2}, ts{0}={3}", after, event->key.empty() ? "NULL" : event->key,
                       event->v, time);
}

/// A row beside one of the other side, or beside NULLs.
std::string line(const Event& one, const Event* other) {
    return one.port == 0 ? half(&one, "") + ", " + half(other, "_right")
                         : half(other, "") + ", " + half(&one, "_right");
}

class Case {
 public:
    explicit Case(unsigned seed) : m_random(seed), m_joining(pick(0, 3)), m_ttl(pick(1, 8)) {
        Instant clock = 0, largest[2] = {kMinTimestamp, kMinTimestamp};
        const Millis delays[2] = {pick(0, 4), pick(0, 4)};
        for (int left = pick(0, 24); left > 0; --left) {
            clock += chance(60) ? 0 : pick(1, 6);
            Event event;
            event.port = pick(0, 1);
            if (!chance(10)) event.key = chance(60) ? "a" : "b";
            event.v = pick(0, 5);
            event.time = clock - pick(0, 6);
            Instant& known = largest[event.port];
            event.stamp = saturatingAdd(known, -delays[event.port]);
            known = std::max(known, event.time);
            m_watermarks.push_back(saturatingAdd(known, -delays[event.port]));
            m_events.push_back(std::move(event));
        }
    }

    Json params() const {
        return {{"on", "left.k = right.k AND left.v <> right.v"},
                {"kind", kJoinings[m_joining]},
                {"state_ttl", formatDuration(m_ttl)}};
    }
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }

    Lines expected() const {
        struct Key {
            Instant newest = kMinTimestamp;
            std::vector<Event> rows{};
        };
        std::map<std::string, Key> keys;
        std::multiset<std::string> table;
        const auto takeBack = [&table](const std::string& row) { table.erase(table.find(row)); };
        for (Event event : m_events) {
            if (event.key.empty()) {
                if (outer(event.port)) table.insert(line(event, nullptr));
                continue;
            }
            const auto known = keys.find(event.key);
            if (known != keys.end() && event.stamp >= known->second.newest + m_ttl) keys.erase(known);
            Key& key = keys[event.key];
            key.newest = std::max(key.newest, event.time);
            for (Event& other : key.rows) {
                if (other.port == event.port || other.v == event.v) continue;
                if (outer(other.port) && other.partners++ == 0) takeBack(line(other, nullptr));
                ++event.partners;
                table.insert(line(event, &other));
            }
            if (outer(event.port) && event.partners == 0) table.insert(line(event, nullptr));
            key.rows.push_back(event);
        }
        return {table.begin(), table.end()};
    }

    std::size_t size() const { return m_events.size(); }
    /// The rows from `from` to `to`, those of one side that follow each other in batches of any size.
    std::vector<Feed> feeds(std::size_t from, std::size_t to) {
        std::vector<Feed> out;
        while (from < to) {
            std::size_t end = from + 1;
            while (end < to && m_events[end].port == m_events[from].port && chance(70)) ++end;
            out.push_back({m_events[from].port, batch(from, end)});
            from = end;
        }
        return out;
    }
    static std::vector<Feed> ends() {
        std::vector<Feed> out;
        for (const int port : {0, 1}) {
            Batch end = batchOf(stream().schema, {});
            end.watermark = kMaxTimestamp;
            out.push_back({port, std::move(end)});
        }
        return out;
    }

    std::string describe() const {
        std::string out = params().dump() + "\n";
        for (const Event& event : m_events) {
            out += fmt::format("  {} stamp {} {}\n", event.port == 0 ? "left" : "right", event.stamp,
                               half(&event, ""));
        }
        return out;
    }

 private:
    bool outer(int port) const { return port == 0 ? m_joining % 2 == 1 : m_joining >= 2; }

    Batch batch(std::size_t from, std::size_t end) const {
        Rows rows;
        std::vector<Instant> stamps;
        for (std::size_t i = from; i < end; ++i) {
            const Event& event = m_events[i];
            rows.push_back({event.key.empty() ? Value{} : Value(event.key), Value(std::int32_t{event.v}),
                            Value(event.time)});
            stamps.push_back(event.stamp);
        }
        Batch made = batchOf(stream().schema, rows);
        made.positions.first = static_cast<std::int64_t>(from);
        made.watermark = m_watermarks[end - 1];
        made.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        return made;
    }

    std::mt19937 m_random;
    int m_joining;
    Millis m_ttl;
    std::vector<Event> m_events{};
    std::vector<Instant> m_watermarks{};  ///< of its wire, after each event
};

std::string tryCase(Case& tried) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kKind = *kCatalogue.find("join");
    const std::vector<StreamType> inputs{stream(), stream()};
    const BoundForTest bound = bindNode(kKind, tried.params(), {{inputs[0]}, {inputs[1]}});
    if (!bound.node) return "not bound: " + bound.said();
    const auto options = [&tried](const Driven* before) {
        DriveOptions chosen;
        chosen.batchRows = static_cast<std::size_t>(tried.pick(1, 5));
        chosen.instances = tried.pick(1, 3);
        chosen.leaves = true;  // all has ended at the end: the state then is that of the rest
        chosen.before = before;
        return chosen;
    };
    const auto middle = static_cast<std::size_t>(tried.pick(0, static_cast<int>(tried.size())));
    const Driven before = drive(kKind, bound.node, inputs, tried.feeds(0, middle), options(nullptr));
    if (!before.status.ok()) return english(before.status.error());
    std::vector<Feed> rest = tried.feeds(middle, tried.size());
    for (Feed& end : Case::ends()) rest.push_back(std::move(end));
    const Driven driven = drive(kKind, bound.node, inputs, rest, options(&before));
    if (!driven.status.ok()) return english(driven.status.error());
    if (!driven.problems.empty()) return driven.problems.front();
    Lines found = driven.ports[0].result(bound.node->outputs[0]);
    if (!bound.node->outputs[0].updating) {
        for (std::string& row : found) row.erase(0, 3);
    }
    if (const Lines expected = tried.expected(); found != expected) {
        return fmt::format("expected\n  {}\nfound\n  {}\n", fmt::join(expected, "\n  "),
                           fmt::join(found, "\n  "));
    }
    const std::string nothing = StateWriter().finish();
    for (const std::string& state : driven.states) {
        if (state != nothing) return "state is left at the end";
    }
    return {};
}

}  // namespace

class TestJoinTtlProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keysAreForgottenByStamps() {
        for (const unsigned seed : seedsOf(suites::JoinsWithTtl)) {
            Case tried(seed);
            const std::string wrong = tryCase(tried);
            if (!wrong.empty())
                QFAIL(("case " + std::to_string(seed) + "\n" + tried.describe() + wrong).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestJoinTtlProperty)
#include "test_join_ttl_property.moc"
