// Views are written by one thread while others copy them: for the thread sanitizer, and for states that a copy
// must never show.
#include <atomic>
#include <functional>
#include <thread>

#include "core/views/bar_view.h"
#include "core/views/gauge_view.h"
#include "core/views/heat_map_view.h"
#include "core/views/histogram_view.h"
#include "core/views/line_view.h"
#include "core/views/number_view.h"
#include "core/views/pie_view.h"
#include "core/views/scatter_view.h"
#include "core/views/table_view.h"
#include "tests/support/batch_of.h"
#include "tests/support/expect.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema =
    test::schemaOf({{"ts", Type::of(TypeId::Timestamp)}, {"n", Type::of(TypeId::Bigint)}});
const ChartColumn kTime{0, "ts", Type::of(TypeId::Timestamp)};
const ChartColumn kNumber{1, "n", Type::of(TypeId::Bigint)};

Batch batchAt(Instant first) {
    test::Rows rows;
    for (std::int64_t i = 0; i < 64; ++i) rows.push_back({first + i, i});
    return test::batchOf(kSchema, rows);
}

/// Writes batches until two threads have copied in their midst many times; `look` sees each copy.
template <class View, class Look>
void race(View& view, Look look) {
    constexpr int kCopies = 50;
    constexpr Instant kLeast = 300, kMost = 1'000'000;  // batches
    std::atomic<bool> done{false};
    std::atomic<int> oneSaw{0}, otherSaw{0};  // states of the view that were not the last or the same again
    const auto watch = [&](std::atomic<int>& saw) {
        std::uint64_t last = 0;
        while (!done) {
            const auto snapshot = look();
            expect(snapshot.totals.version >= last, "versions grow");
            expect(snapshot.totals.rows % 64 == 0, "a copy shows whole batches");
            if (snapshot.totals.version > last) ++saw;
            last = snapshot.totals.version;
        }
    };
    std::thread one(watch, std::ref(oneSaw)), other(watch, std::ref(otherSaw));
    const auto copied = [&] { return oneSaw >= kCopies && otherSaw >= kCopies; };
    Instant batch = 0;
    for (; batch < kLeast || (batch < kMost && !copied()); ++batch) {
        if constexpr (requires { view.add(Batch{}, Instant{}); }) {
            view.add(batchAt(batch * 64), batch);
        } else {
            view.add(batchAt(batch * 64));
        }
        view.setWatermark(batch * 64);
    }
    done = true;
    one.join();
    other.join();
    expect(copied(), "copies were made while rows came");
    expect(look().totals.rows == static_cast<std::uint64_t>(batch) * 64, "no row is lost");
    expect(look().totals.watermark == (batch - 1) * 64, "the watermark is the last one");
}

}  // namespace

int main() {
    LineInfo line;
    line.x = kTime;
    line.y = {kNumber};
    LineView lines(line);
    race(lines, [&] { return lines.snapshot({}); });

    BarInfo bar;
    bar.category = kNumber;
    bar.value = kNumber;
    bar.eventTime = 0;
    BarView bars(bar);
    race(bars, [&] { return bars.snapshot(); });

    PieInfo slice;
    slice.category = kNumber;
    slice.value = kNumber;
    slice.eventTime = 0;
    PieView pie(slice);
    race(pie, [&] { return pie.snapshot(); });

    GaugeInfo scale;
    scale.value = kNumber;
    scale.eventTime = 0;
    GaugeView gauge(scale);
    race(gauge, [&] { return gauge.snapshot(); });

    HistogramInfo histogram;
    histogram.value = kNumber;
    histogram.eventTime = 0;
    HistogramView bins(histogram);
    race(bins, [&] { return bins.snapshot(); });

    TableInfo table;
    table.columns = {kTime, kNumber};
    table.eventTime = 0;
    TableView rows(table);
    race(rows, [&] { return rows.snapshot(); });

    NumberInfo number;
    number.value = kNumber;
    number.eventTime = 0;
    NumberView numbers(number);
    race(numbers, [&] { return numbers.snapshot(); });

    ScatterInfo scatter;
    scatter.x = kTime;
    scatter.y = kNumber;
    scatter.eventTime = 0;
    ScatterView points(scatter);
    race(points, [&] { return points.snapshot(); });

    HeatMapInfo heat;
    heat.x = kTime;
    heat.y = kNumber;
    heat.value = kNumber;
    heat.eventTime = 0;
    HeatMapView cells(heat);
    race(cells, [&] { return cells.snapshot({}); });
    return summary();
}
