// Random small cases of temporal_join: disorder, ties, late rows, several wires, made rows, any batch sizes
// and interleavings, several instances, restarts. Each must give the rules' result for one row at a time.
#include <fmt/format.h>

#include <QtTest>
#include <algorithm>
#include <optional>
#include <random>
#include <tuple>

#include "core/data/text.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kDelay = 3'000;  // of batches()

/// A row of a source, and all that the rules ask of it.
struct Event {
    Row row{};
    std::optional<std::string> key{};
    std::optional<int> value{};
    Instant time = 0, stamp = kMinTimestamp;
    int wire = 0, position = 0;
    bool late() const { return time <= stamp; }
};

class Case {
 public:
    explicit Case(std::uint64_t seed) : m_random(seed) {
        m_stream.schema = schemaOf({{"k", Type::of(TypeId::String)},
                                    {"v", Type::of(TypeId::Int)},
                                    {"ts", Type::of(TypeId::Timestamp)}});
        m_stream.eventTime = 2;
        m_stream.made = chance(25);
        m_wires = chance(50) ? 1 : pick(2, 3);
        m_stream.sourceOrder = !m_stream.made && m_wires == 1;
        m_left = chance(50);
        m_condition = chance(40);
        for (auto& side : m_events) {
            for (int wire = 0; wire < m_wires; ++wire) side.push_back(eventsOf(wire));
        }
    }

    /// The difference from the rules; empty: none.
    std::string fault() {
        static const Catalogue kinds = builtin();
        const NodeKind& kind = *kinds.find("temporal_join");
        const BoundForTest bound = bindNode(kind, params(), {{m_stream}, {m_stream}});
        if (!bound.node) return bound.said();
        const Driven driven = run(kind, bound.node);
        if (!driven.status.ok()) return english(driven.status.error());
        if (!driven.problems.empty()) return driven.problems.front();
        const auto expected = lines(*bound.node);
        std::string wrong;
        for (std::size_t port = 0; port < expected.size(); ++port) {
            if (driven.ports[port].result(bound.node->outputs[port]) == expected[port]) continue;
            wrong += fmt::format("port {} expected:\n  {}\nfound:\n  {}\n", kind.outputs[port].name,
                                 fmt::join(expected[port], "\n  "),
                                 fmt::join(driven.ports[port].result(bound.node->outputs[port]), "\n  "));
        }
        return wrong.empty() ? wrong : described() + wrong;
    }
    std::size_t pairs = 0, lateRows = 0, ties = 0, unmatched = 0;  ///< that there were

 private:
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }

    Json params() const {
        return {{"on", std::string("left.k = right.k") + (m_condition ? " AND left.v >= right.v" : "")},
                {"kind", m_left ? "left" : "inner"}};
    }

    /// Times lie on a grid of half a second, or beside it, so that many are equal, to each other and to
    /// stamps.
    std::vector<Event> eventsOf(int wire) {
        std::vector<Event> events;
        Instant clock = 500 * pick(0, 20), largest = kMinTimestamp;
        for (int left = pick(0, 12); left > 0; --left) {
            clock += 500 * pick(0, 4);
            Event event;
            // Made rows are never late.
            const Instant behind = m_stream.made ? 0 : 500 * pick(0, 9) + (chance(30) ? pick(-1, 1) : 0);
            event.time = clock - behind;
            event.stamp = saturatingAdd(largest, -kDelay);
            event.wire = wire;
            event.position = static_cast<int>(events.size());
            if (!chance(10)) event.key = chance(60) ? "a" : "b";
            if (!chance(10)) event.value = pick(0, 5);
            event.row = {event.key ? Value(*event.key) : Value(), event.value ? Value(*event.value) : Value(),
                         event.time};
            largest = std::max(largest, event.time);
            events.push_back(std::move(event));
        }
        return events;
    }

    /// The batches of every wire of both sides, wires in any order. Some wires end early.
    std::vector<Feed> feeds() {
        std::vector<std::vector<Feed>> wires;
        for (int side = 0; side < 2; ++side) {
            for (const std::vector<Event>& events : m_events[side]) {
                std::vector<Row> rows;
                for (const Event& event : events) rows.push_back(event.row);
                auto& sent = wires.emplace_back();
                for (Batch& batch : batches(m_stream, rows, static_cast<std::size_t>(pick(1, 5)))) {
                    batch.wire = events.front().wire;
                    if (m_stream.made) batch.positions = {};
                    sent.push_back({side, std::move(batch)});
                }
                if (!sent.empty() && chance(50)) sent.back().batch.watermark = kMaxTimestamp;
            }
        }
        std::vector<Feed> all;
        std::vector<std::size_t> next(wires.size());
        std::vector<std::size_t> live;
        for (std::size_t wire = 0; wire < wires.size(); ++wire) live.push_back(wire);
        while (!live.empty()) {
            const auto choice = static_cast<std::size_t>(pick(0, static_cast<int>(live.size()) - 1));
            const std::size_t wire = live[choice];
            if (next[wire] == wires[wire].size()) {
                live.erase(live.begin() + static_cast<std::ptrdiff_t>(choice));
            } else {
                all.push_back(wires[wire][next[wire]++]);
            }
        }
        return all;
    }

    Driven run(const NodeKind& kind, const BoundNodeRef& bound) {
        const std::vector<Feed> all = feeds();
        DriveOptions options;
        options.wires = m_wires;
        options.batchRows = static_cast<std::size_t>(pick(1, 6));
        options.instances = pick(1, 3);
        if (chance(50)) return drive(kind, bound, {m_stream, m_stream}, all, options);
        const auto stop = all.begin() + pick(0, static_cast<int>(all.size()));
        options.leaves = true;
        const Driven before = drive(kind, bound, {m_stream, m_stream}, {all.begin(), stop}, options);
        if (!before.status.ok() || !before.problems.empty()) return before;
        DriveOptions then;
        then.wires = m_wires;
        then.batchRows = static_cast<std::size_t>(pick(1, 6));
        then.instances = pick(1, 3);
        then.before = &before;
        return drive(kind, bound, {m_stream, m_stream}, {stop, all.end()}, then);
    }

    std::vector<Event> inTime(int side) const {
        std::vector<Event> found;
        for (const auto& wire : m_events[side]) {
            for (const Event& event : wire) {
                if (!event.late()) found.push_back(event);
            }
        }
        return found;
    }

    /// Rule 9: of rows of one key and one time the one that comes later.
    bool isBehind(const Event& a, const Event& b) const {
        if (!m_stream.made) return std::tie(a.wire, a.position) > std::tie(b.wire, b.position);
        return std::tie(a.wire, a.value) > std::tie(b.wire, b.value);  // no value is the lowest
    }

    const Event* versionOf(const Event& row, const std::vector<Event>& versions) {
        const Event* found = nullptr;
        for (const Event& version : versions) {
            if (!row.key || row.key != version.key || version.time > row.time) continue;
            if (found && found->time == version.time) ++ties;
            if (!found || version.time > found->time ||
                (version.time == found->time && isBehind(version, *found)))
                found = &version;
        }
        if (found && m_condition && !(row.value && found->value && *row.value >= *found->value))
            return nullptr;
        return found;
    }

    /// Of the ports out, late_left and late_right, sorted.
    std::vector<std::vector<std::string>> lines(const BoundNode& bound) {
        std::vector<std::vector<std::string>> expected(3);
        const auto line = [&](std::size_t port, const Row& row) {
            return "+I " + rowText(batchOf(bound.outputs[port].schema, {row}), 0);
        };
        const std::vector<Event> versions = inTime(1);
        for (const Event& event : inTime(0)) {
            const Event* version = versionOf(event, versions);
            ++(version ? pairs : unmatched);
            if (!version && !m_left) continue;
            Row row = event.row;
            const Row right = version ? version->row : Row(3);
            row.insert(row.end(), right.begin(), right.end());
            expected[0].push_back(line(0, row));
        }
        for (int side = 0; side < 2; ++side) {
            const auto port = static_cast<std::size_t>(side) + 1;
            for (const auto& wire : m_events[side]) {
                for (const Event& event : wire) {
                    if (!event.late()) continue;
                    ++lateRows;
                    Row row = event.row;
                    row.emplace_back(event.stamp - event.time);
                    row.emplace_back();
                    expected[port].push_back(line(port, row) + " after " + std::to_string(event.stamp));
                }
            }
        }
        for (auto& port : expected) std::sort(port.begin(), port.end());
        return expected;
    }

    std::string described() const {
        std::string text = params().dump() + (m_stream.made ? " made\n" : "\n");
        for (int side = 0; side < 2; ++side) {
            for (const auto& wire : m_events[side]) {
                for (const Event& event : wire) {
                    text += fmt::format("  {} wire {} time {} stamp {} key {} value {}\n",
                                        side == 0 ? "left" : "right", event.wire, event.time, event.stamp,
                                        event.key.value_or("NULL"), event.value.value_or(-1));
                }
            }
        }
        return text;
    }

    std::mt19937_64 m_random;
    StreamType m_stream;
    int m_wires = 1;
    bool m_left = false, m_condition = false;
    std::vector<std::vector<Event>> m_events[2];  ///< of left and right, by wire
};

}  // namespace

class TestTemporalJoinProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void givesWhatTheRulesSay() {
        const std::vector<std::uint32_t> seeds = seedsOf(suites::TemporalJoins);
        const std::uint64_t cases = seeds.size();
        std::size_t pairs = 0, lateRows = 0, ties = 0, unmatched = 0;
        for (const std::uint64_t seed : seeds) {
            Case tried(seed);
            const std::string fault = tried.fault();
            QVERIFY2(fault.empty(), fmt::format("case {}\n{}", seed, fault).c_str());
            pairs += tried.pairs;
            lateRows += tried.lateRows;
            ties += tried.ties;
            unmatched += tried.unmatched;
        }
        // Else the cases say little.
        for (const std::size_t seen : {pairs, lateRows, ties, unmatched})
            QVERIFY2(seen > cases / 4, std::to_string(seen).c_str());
    }
};

QTEST_APPLESS_MAIN(TestTemporalJoinProperty)
#include "test_temporal_join_property.moc"
