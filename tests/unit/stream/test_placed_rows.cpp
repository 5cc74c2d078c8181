// The places of all rows of a batch at once, against the place of each row by itself.
#include <QtTest>

#include <map>
#include <random>

#include "core/stream/rejected.h"
#include "core/stream/windows/slice_assignment.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kFar = WindowAssigner::kFarthest;

StreamType timed() {
    const Type instant = Type::of(TypeId::Timestamp);
    StreamType type;
    type.schema = schemaOf({{"ts", instant}, {"window_start", instant}, {"window_end", instant}});
    type.eventTime = 0;
    return type;
}

/// The rows that leave: rejected ones, and late ones with all their columns.
struct Left final : public Output {
    std::vector<std::size_t> rejected{};
    std::vector<std::vector<Value>> late{};

    void emit(int, Batch batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            std::vector<Value>& values = late.emplace_back();
            for (const ColumnRef& column : batch.columns) values.push_back(valueAt(*column, row));
        }
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t row, const Text&) override {
        rejected.push_back(row);
        return {};
    }
    void countLate(std::size_t, Millis) override {}
};

/// The result of a batch.
struct Outcome {
    std::map<SliceAssignment, std::vector<std::uint32_t>> rows{};
    Left left{};
    std::size_t calls = 0;
};

class PlaceCase {
 public:
    explicit PlaceCase(unsigned seed) : m_random(seed) {
        m_plan.kind = pick({WindowKind::Tumble, WindowKind::Hop, WindowKind::Cumulate, WindowKind::Input});
        m_plan.step = 1 + below(6);
        m_plan.size = m_plan.step;
        if (m_plan.kind == WindowKind::Hop) m_plan.size += below(9);
        if (m_plan.kind == WindowKind::Cumulate) m_plan.size *= 1 + below(4);
        m_plan.offset = below(5) - 2;
        m_plan.allowedLateness = below(3) == 0 ? below(6) : 0;
        m_plan.input = timed();
        m_plan.windowStart = 1;
        m_plan.windowEnd = 2;
        makeBatch();
    }

    /// Row by row.
    Outcome expected() {
        Outcome outcome;
        const WindowSlicing slicing(m_plan);
        LateRows late(lateStream(m_plan.input, false).schema, 1);
        for (std::uint32_t row = 0; row < m_batch.rows; ++row) {
            const auto place = placeInWindows(slicing, m_batch, row, late, outcome.left);
            if (place.ok() && *place) outcome.rows[**place].push_back(row);
        }
        late.emit(m_batch, outcome.left);
        return outcome;
    }
    Outcome found() {
        Outcome outcome;
        const WindowSlicing slicing(m_plan);
        PlacedRows placed(slicing);
        LateRows late(lateStream(m_plan.input, false).schema, 1);
        for (std::uint32_t row = 0; row < m_batch.rows; ++outcome.calls) {
            row = placed.take(m_batch, row, late, outcome.left).value();
            for (const auto& [place, rows] : placed.groups()) {
                std::vector<std::uint32_t>& all = outcome.rows[place];
                all.insert(all.end(), rows.begin(), rows.end());
            }
        }
        late.emit(m_batch, outcome.left);
        return outcome;
    }

 private:
    int below(unsigned n) { return static_cast<int>(m_random() % n); }
    template <class T>
    T pick(std::initializer_list<T> choices) {
        return choices.begin()[m_random() % choices.size()];
    }
    /// Around the last one, rarely without windows.
    Value time(Instant& clock, int disorder) {
        clock += below(4) == 0 ? below(4) : 0;
        if (m_nulls && below(8) == 0) return {};
        if (below(30) > 0) return clock - below(static_cast<unsigned>(disorder + 1));
        return pick({kMinTimestamp, -kFar, 1 - kFar, kFar - 1, kFar, kMaxTimestamp, Instant{0}});
    }
    void makeBatch() {
        m_nulls = below(3) == 0;
        const int disorder = below(12);
        Instant clock = pick({Instant{-20}, Instant{0}, 1 - kFar, kFar - 20});
        Rows rows;
        std::vector<Instant> stamps;
        for (int left = below(60); left > 0; --left) {
            const Value at = time(clock, disorder);
            const Instant end = clock - clock % 4 + 4;
            rows.push_back({at, end - 4 - below(20) / 19, end});
            const Instant around = std::get_if<Instant>(&at) ? *std::get_if<Instant>(&at) : clock;
            stamps.push_back(below(6) == 0 ? pick({kCleanStamp, kCleanStamp + 1, kMaxTimestamp})
                                           : saturatingAdd(around, below(16) - 12));
        }
        m_batch = batchOf(m_plan.input.schema, rows);
        if (below(2) == 0) m_batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
    }

    std::mt19937 m_random;
    WindowPlan m_plan{};
    Batch m_batch{};
    bool m_nulls = false;
};

}  // namespace

class TestPlacedRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aBatchIsPlacedAsItsRowsAre() {
        std::size_t placed = 0, late = 0, rejected = 0, crowded = 0;
        const std::vector<std::uint32_t> seeds = seedsOf(suites::PlacedRows);
        for (const unsigned seed : seeds) {
            PlaceCase tried(seed);
            const Outcome expected = tried.expected(), found = tried.found();
            const QByteArray name = "seed " + QByteArray::number(seed);
            QVERIFY2(found.rows == expected.rows, name.constData());
            QVERIFY2(found.left.rejected == expected.left.rejected, name.constData());
            QVERIFY2(found.left.late == expected.left.late, name.constData());
            placed += expected.rows.size();
            late += expected.left.late.size();
            rejected += expected.left.rejected.size();
            crowded += found.calls > 1 ? 1 : 0;
        }
        const std::size_t cases = seeds.size();
        QVERIFY(placed > cases && late > cases / 4 && rejected > cases / 4 && crowded > cases / 20);
    }

    void aRunEndsWhereTheTimesDoThatWindowsCanHold() {
        WindowPlan plan;
        plan.kind = WindowKind::Tumble;
        plan.size = plan.step = 1000;
        plan.input = timed();
        const WindowSlicing slicing(plan);
        const Batch batch =
            batchOf(plan.input.schema, {{kFar - 1, kFar, kFar}, {kFar - 2, kFar, kFar}, {kFar, kFar, kFar}});
        const Window last = slicing.sliceOf(batch, 0);
        QVERIFY(last.end > kFar);
        QCOMPARE(slicing.endOfRun(batch, last, 1), 2U);
    }
};

QTEST_APPLESS_MAIN(TestPlacedRows)
#include "test_placed_rows.moc"
