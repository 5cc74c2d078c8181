// Random small cases of every window kind: disorder, ties, delay 0, several wires in any interleaving, any
// batch sizes, stamps as columns or left out. Each must give what the model gives, and keep the contract.
#include <QtTest/QtTest>
#include <random>

#include "core/nodes/catalogue.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/operator_harness.h"
#include "tests/unit/stream/window_model.h"

using namespace rw;
using namespace rw::test;

namespace {

StreamType inputType() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Int)}}});
    type.eventTime = 0;
    return type;
}

class Case {
 public:
    Case(WindowKind kind, std::uint64_t seed) : m_random(seed), m_input(inputType()) {
        m_windows.kind = kind;
        chooseWindows();
        m_windows.severalWires = m_wires > 1;
        for (int wire = 0; wire < m_wires; ++wire) makeRows(wire);
    }

    /// How often the operator had more to do.
    std::size_t resumed = 0;

    /// What differs from the model, or an empty text.
    std::string run() {
        static const Catalogue kCatalogue = builtin();
        static const NodeKind& kNode = *kCatalogue.find("window_aggregate");
        const BoundForTest bound = bindNode(kNode, params(), {m_input});
        if (!bound.bound) return "not bound: " + english(bound.issues.front());
        const std::size_t batchRows = pick(1, 5);
        OperatorHarness harness(kNode, *bound.bound, contextFor(m_input, m_wires, batchRows));
        feed(harness);
        harness.end();

        std::vector<ModelRow> all;
        for (const auto& wire : m_rows) all.insert(all.end(), wire.begin(), wire.end());
        const ModelResult expected = model(m_windows, all);
        std::string wrong = difference("rows", expected.rows, harness.table(0));
        wrong += difference("late", expected.late, harness.table(1));
        for (const std::string& breach : harness.breaches()) wrong += breach + "\n";
        if (harness.lateCount() != expected.late.size()) wrong += "late rows are counted wrong\n";
        if (harness.tested().stateSize().keys != 0) wrong += "state is left at the end\n";
        resumed = harness.calls() - harness.sent();
        return wrong.empty() ? wrong : describe() + wrong;
    }

 private:
    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(int percent) { return pick(0, 99) < static_cast<std::size_t>(percent); }

    void chooseWindows() {
        m_wires = chance(60) ? 1 : static_cast<int>(pick(2, 3));
        m_windows.gap = static_cast<Millis>(pick(1, 7));
        m_windows.step = static_cast<Millis>(pick(1, 5));
        m_windows.size = m_windows.step;
        if (m_windows.kind == WindowKind::Hop) m_windows.size += static_cast<Millis>(pick(0, 9));
        // Now and then windows of so many slides that blocks of these are used.
        if (m_windows.kind == WindowKind::Hop && chance(30)) m_windows.size += 16 * m_windows.step + 40;
        if (m_windows.kind == WindowKind::Cumulate) m_windows.size *= static_cast<Millis>(pick(1, 4));
        m_windows.offset = chance(50) ? 0 : static_cast<Millis>(pick(0, 9)) - 4;
        m_windows.lateness = chance(60) ? 0 : static_cast<Millis>(pick(1, 6));
        m_early = chance(80) ? 0 : static_cast<Millis>(pick(1, 4));
        // Now and then so many sessions of a key at a time that they are kept in order.
        m_crowded = m_windows.kind == WindowKind::Session && chance(10);
        if (m_crowded) m_windows.gap = 1;
    }

    void makeRows(int wire) {
        const Millis delay = static_cast<Millis>(m_crowded ? pick(0, 100) : pick(0, 4));
        const std::size_t disorder = m_crowded ? pick(0, 100) : pick(0, 8);
        Instant clock = static_cast<Instant>(pick(0, 20)) - 10, largest = kMinTimestamp;
        std::vector<ModelRow> rows;
        for (std::size_t i = m_crowded ? pick(10, 50) : pick(0, 9); i > 0; --i) {
            clock += static_cast<Instant>(chance(30) ? 0 : pick(0, m_crowded ? 9 : 4));
            ModelRow row;
            row.time = clock - static_cast<Instant>(pick(0, disorder));
            row.stamp = saturatingAdd(largest, -delay);
            row.wire = wire;
            row.position = static_cast<int>(rows.size());
            row.key = chance(m_crowded ? 90 : 60) ? "a" : "b";
            row.value = static_cast<int>(pick(0, 99));
            largest = std::max(largest, row.time);
            rows.push_back(row);
        }
        m_rows.push_back(rows);
        m_after.push_back(saturatingAdd(largest, -delay));
    }

    Json params() const {
        Json out = {
            {"keys", {"k"}},
            {"aggregates",
             {"COUNT(*) AS n", "SUM(v) AS s", "MIN(v) AS m", "FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"}},
            {"allowed_lateness", formatDuration(m_windows.lateness)},
            {"early", formatDuration(m_early)}};
        const auto set = [&](const char* window, std::vector<std::pair<const char*, Millis>> lengths) {
            out["window"] = window;
            for (const auto& [name, length] : lengths) out[name] = formatDuration(length);
        };
        switch (m_windows.kind) {
            case WindowKind::Hop:
                set("hop",
                    {{"size", m_windows.size}, {"slide", m_windows.step}, {"offset", m_windows.offset}});
                break;
            case WindowKind::Cumulate:
                set("cumulate",
                    {{"size", m_windows.size}, {"step", m_windows.step}, {"offset", m_windows.offset}});
                break;
            case WindowKind::Session:
                set("session", {{"gap", m_windows.gap}});
                break;
            default:
                set("tumble", {{"size", m_windows.size}, {"offset", m_windows.offset}});
        }
        return out;
    }

    /// The rows of the wires in batches of any size, the wires in any order; the watermark is the smallest.
    void feed(OperatorHarness& harness) {
        std::vector<std::size_t> next(m_rows.size());
        std::vector<Instant> watermarks(m_rows.size(), kMinTimestamp);
        std::vector<std::size_t> live;
        for (std::size_t wire = 0; wire < m_rows.size(); ++wire) live.push_back(wire);
        while (!live.empty()) {
            const std::size_t choice = pick(0, live.size() - 1);
            const std::size_t wire = live[choice];
            const auto& rows = m_rows[wire];
            const std::size_t count = std::min(pick(0, 4), rows.size() - next[wire]);
            if (count > 0) harness.send(batch(wire, next[wire], count));
            next[wire] += count;
            watermarks[wire] = next[wire] < rows.size() ? rows[next[wire]].stamp : m_after[wire];
            if (next[wire] == rows.size()) {
                live.erase(live.begin() + static_cast<std::ptrdiff_t>(choice));
                watermarks[wire] = kMaxTimestamp;
            }
            harness.advance(*std::min_element(watermarks.begin(), watermarks.end()));
        }
    }

    Batch batch(std::size_t wire, std::size_t from, std::size_t count) {
        ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::String)),
            values(Type::of(TypeId::Int));
        std::vector<Instant> stamps;
        bool clean = true;
        for (std::size_t i = from; i < from + count; ++i) {
            const ModelRow& row = m_rows[wire][i];
            times.append(row.time);
            keys.appendString(row.key);
            values.append(static_cast<std::int32_t>(row.value));
            const bool rowClean = row.time >= saturatingAdd(row.stamp, 2);
            clean = clean && rowClean;
            stamps.push_back(rowClean && chance(30) ? kCleanStamp : row.stamp);
        }
        Batch out;
        out.schema = m_input.schema;
        out.rows = count;
        out.columns = {times.finish(), keys.finish(), values.finish()};
        out.positions.first = static_cast<std::int64_t>(from);
        out.wire = static_cast<int>(wire);
        // Whether clean rows carry stamps must make no difference.
        if (!clean || chance(30))
            out.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        return out;
    }

    static std::string difference(const char* what, const std::vector<std::string>& expected,
                                  const std::vector<std::string>& found) {
        if (expected == found) return {};
        std::string out = std::string(what) + " expected:\n";
        for (const std::string& line : expected) out += "  " + line + "\n";
        out += "found:\n";
        for (const std::string& line : found) out += "  " + line + "\n";
        return out;
    }

    std::string describe() const {
        std::string out = params().dump() + "\n";
        for (const auto& wire : m_rows) {
            for (const ModelRow& row : wire) {
                out += "  wire " + std::to_string(row.wire) + " time " + std::to_string(row.time) +
                       " stamp " + std::to_string(row.stamp) + " " + row.key + " " +
                       std::to_string(row.value) + "\n";
            }
        }
        return out;
    }

    std::mt19937_64 m_random;
    StreamType m_input;
    ModelWindows m_windows;
    Millis m_early = 0;
    int m_wires = 1;
    bool m_crowded = false;
    std::vector<std::vector<ModelRow>> m_rows;  ///< per wire
    std::vector<Instant> m_after;               ///< watermark of each wire after its last row
};

void tryCases(WindowKind kind, std::uint64_t cases) {
    std::size_t resumed = 0;
    for (std::uint64_t seed = 1; seed <= affordableCases(cases); ++seed) {
        Case tried(kind, seed);
        const std::string wrong = tried.run();
        resumed += tried.resumed;
        if (!wrong.empty()) {
            QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
    }
    QVERIFY2(resumed > affordableCases(cases) / 4, std::to_string(resumed).c_str());
}

}  // namespace

class TestWindowProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void tumble() { tryCases(WindowKind::Tumble, 40'000); }
    void hop() { tryCases(WindowKind::Hop, 70'000); }
    void cumulate() { tryCases(WindowKind::Cumulate, 50'000); }
    void session() { tryCases(WindowKind::Session, 90'000); }
};

QTEST_APPLESS_MAIN(TestWindowProperty)
#include "test_window_property.moc"
