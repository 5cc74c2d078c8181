// A view that resumes from the state of another shows the same at the end as one that was never left.
#include <QtTest/QtTest>
#include <random>

#include "core/data/state_layout.h"
#include "core/data/text.h"
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

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

class Random {
 public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    unsigned operator()() { return static_cast<unsigned>(m_engine()); }

 private:
    std::mt19937 m_engine;
};

const Type kTime = Type::of(TypeId::Timestamp), kText = Type::of(TypeId::String),
           kReal = Type::of(TypeId::Double);
const SchemaRef kSchema = schemaOf({{"ts", kTime},
                                    {"k", kText},
                                    {"v", kReal},
                                    {"w", Type::decimal(30, 2)},
                                    {"window_start", kTime},
                                    {"window_end", kTime},
                                    {"odd", Type::of(TypeId::Boolean)},
                                    {"contributions", kText}});
const ChartColumn kTs{0, "ts", kTime}, kKey{1, "k", kText}, kValue{2, "v", kReal},
    kOther{3, "w", Type::decimal(30, 2)}, kStart{4, "window_start", kTime}, kEnd{5, "window_end", kTime},
    kOdd{6, "odd", Type::of(TypeId::Boolean)}, kReasons{7, "contributions", kText};
constexpr Instant kBegin = 1'700'000'000'000;

bool oneOf(Random& random, unsigned count) {
    return random() % count == 0;
}

/// Rows in disorder, with NULLs, values that no chart can place, texts that are too long, and now and then a
/// burst of ever new keys. `updating`: of several kinds.
Batch randomBatch(Random& random, Instant& now, bool updating) {
    Rows rows;
    std::vector<RowKind> kinds;
    const bool burst = oneOf(random, 4);
    for (unsigned left = random() % 40; left > 0; --left) {
        now += random() % 700;
        const Instant time = now - static_cast<Instant>(random() % 4'000);
        std::string key = "key " + std::to_string(random() % (burst ? 5'000 : 6));
        if (oneOf(random, 15)) key += std::string(2'000, 'x');
        Value value = static_cast<double>(random() % 1'000) / 8 - 20;
        if (oneOf(random, 12)) value = std::numeric_limits<double>::infinity();
        if (oneOf(random, 40)) value = 1e12;
        const Instant end = time / 10'000 * 10'000 + 10'000;
        rows.push_back({oneOf(random, 30) ? Value{} : Value{time}, oneOf(random, 9) ? Value{} : Value{key},
                        oneOf(random, 9) ? Value{} : value,
                        oneOf(random, 9) ? Value{} : Value{Int128(random() % 900)},
                        end - (oneOf(random, 30) ? 5'000 : 10'000), end, oneOf(random, 5),
                        oneOf(random, 3) ? Value{} : Value{"{\"a\": " + std::to_string(random() % 9) + "}"}});
        kinds.push_back(static_cast<RowKind>(updating ? random() % 4 : 0));
    }
    return batchOf(kSchema, rows, kinds);
}

std::string totalsText(const ViewTotals& totals) {
    return fmt::format("{} rows, {} skipped, {} to {}, watermark {}", totals.rows, totals.skipped,
                       totals.oldest, totals.newest, totals.watermark);
}

// All that a picture has, a line each part.

Lines pictureOf(const LineView& view) {
    LineQuery query;
    for (std::size_t line = 0; line < LineView::kMaxSeries; ++line) query.lines.push_back(line);
    query.maxPoints = 100'000;
    const LineSnapshot snapshot = view.snapshot(query);
    Lines out{totalsText(snapshot.totals), fmt::format("{} not kept, {}, every {}", snapshot.notKept,
                                                       snapshot.moreNotKept, snapshot.resolution)};
    for (const LineSeries& series : snapshot.series) {
        std::string& line = out.emplace_back(series.name + ":");
        for (const LinePoint& point : series.points) {
            line += fmt::format(" {}={}/{}", point.time, point.value, point.start);
        }
        if (series.last) line += fmt::format(" last {}={}", series.last->time, series.last->value);
        for (const LinePoint& point : series.low.points)
            line += fmt::format(" >{}={}", point.time, point.value);
        for (const LinePoint& point : series.high.points)
            line += fmt::format(" <{}={}", point.time, point.value);
        for (const LinePoint& point : series.marks.points) {
            const auto place = static_cast<std::size_t>(&series - snapshot.series.data());
            line += fmt::format(" !{}={}", point.time, view.reasonOf(place, point));
        }
    }
    return out;
}

std::string shotText(const CategoryShot& shot) {
    return fmt::format("{}, {} forgotten, {} blank, {} to {}, {}", totalsText(shot.totals), shot.forgotten,
                       shot.blank, shot.windowStart, shot.windowEnd, shot.provisional);
}

Lines pictureOf(const BarView& view) {
    const BarSnapshot snapshot = view.snapshot();
    Lines out{shotText(snapshot), fmt::format("{} categories", snapshot.categories)};
    for (const Bar& bar : snapshot.bars) out.push_back(fmt::format("{}={}", bar.category, bar.value));
    return out;
}

Lines pictureOf(const PieView& view) {
    const PieSnapshot snapshot = view.snapshot();
    Lines out{shotText(snapshot), fmt::format("{} negative, {} folded: {}, {}", snapshot.negative,
                                              snapshot.folded, snapshot.rest.value, snapshot.rest.share)};
    for (const PieSlice& slice : snapshot.slices)
        out.push_back(fmt::format("{}={}, {}", slice.category, slice.value, slice.share));
    return out;
}

Lines pictureOf(const HistogramView& view) {
    const HistogramSnapshot snapshot = view.snapshot();
    Lines out{
        totalsText(snapshot.totals),
        fmt::format("{} from {} to {}, mean {}, {} {} {}, others {}", snapshot.count, snapshot.min,
                    snapshot.max, snapshot.mean, snapshot.p50, snapshot.p95, snapshot.p99, snapshot.others),
        fmt::format("{}", fmt::join(snapshot.edges, " "))};
    for (const HistogramSeries& series : snapshot.series)
        out.push_back(fmt::format("{}: {} of {}", series.name, fmt::join(series.counts, " "), series.total));
    return out;
}

std::string valueText(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : std::string("none");
}

Lines pictureOf(const NumberView& view) {
    const NumberSnapshot snapshot = view.snapshot();
    Lines out{totalsText(snapshot.totals),
              valueText(snapshot.value) + " after " + valueText(snapshot.before)};
    for (const auto& value : snapshot.sparkline) out.push_back(valueText(value));
    return out;
}

Lines pictureOf(const GaugeView& view) {
    const GaugeSnapshot snapshot = view.snapshot();
    return {totalsText(snapshot.totals), valueText(snapshot.value)};
}

Lines pictureOf(const TableView& view) {
    const TableSnapshot snapshot = view.snapshot();
    Lines out{totalsText(snapshot.totals), fmt::format("{} kept, {} forgotten, {} provisional", snapshot.kept,
                                                       snapshot.forgotten, snapshot.provisional)};
    for (const TableRowRef& row : snapshot.rows) {
        std::string& line = out.emplace_back();
        for (std::size_t i = 0; i < row->size(); ++i)
            line += (isNull((*row)[i]) ? "NULL" : toText((*row)[i], view.info().columns[i].type)) + "|";
    }
    return out;
}

Lines pictureOf(const ScatterView& view) {
    const ScatterSnapshot snapshot = view.snapshot();
    Lines out{totalsText(snapshot.totals), fmt::format("{} forgotten, others {}, {}", snapshot.forgotten,
                                                       snapshot.others, fmt::join(snapshot.series, " "))};
    for (const ScatterPoint& point : snapshot.points)
        out.push_back(fmt::format("{},{} of {}", point.x, point.y, point.series));
    return out;
}

Lines pictureOf(const HeatMapView& view) {
    const HeatMapSnapshot snapshot = view.snapshot({10'000, 1'000});
    const HeatPicture& picture = snapshot.picture;
    Lines out{
        totalsText(snapshot.totals),
        fmt::format("{} forgotten, {} x {}, {} to {}, {} to {}, {} names, more {}, open from {}",
                    snapshot.forgotten, picture.width, picture.height, picture.left, picture.right,
                    picture.low, picture.top, picture.allNames, picture.more, snapshot.openFrom.value_or(0)),
        fmt::format("{}", fmt::join(picture.names, " "))};
    for (const HeatCell& cell : picture.cells)
        out.push_back(fmt::format("{},{}={}", cell.x, cell.y, cell.value));
    return out;
}

// Parameters, half of them by chance.

LineInfo infoFor(Random& random, const LineView*) {
    LineInfo info{.x = kTs, .y = {kValue}};
    if (oneOf(random, 2)) info.y.push_back(kOther);
    if (oneOf(random, 2)) info.series = kKey;
    if (oneOf(random, 2)) info.windowStart = kStart;
    info.span = oneOf(random, 2) ? 0 : 60'000;
    info.updating = oneOf(random, 3);
    if (oneOf(random, 2)) {
        info.low = kOther;
        info.high = kValue;
    }
    if (oneOf(random, 2)) info.mark = kOdd;
    if (info.mark.present() && oneOf(random, 2)) info.reasons = kReasons;
    return info;
}

void fill(Random& random, CategoryInfo& info) {
    info.category = kKey;
    info.value = kValue;
    info.eventTime = oneOf(random, 2) ? 0 : -1;
    if (oneOf(random, 2)) {
        info.windowStart = kStart;
        info.windowEnd = kEnd;
    }
    info.updating = oneOf(random, 3);
}

BarInfo infoFor(Random& random, const BarView*) {
    BarInfo info;
    fill(random, info);
    info.top = 2 + random() % 100;
    info.order = oneOf(random, 2) ? BarOrder::Name : BarOrder::Largest;
    return info;
}

PieInfo infoFor(Random& random, const PieView*) {
    PieInfo info;
    fill(random, info);
    info.top = 1 + random() % 8;
    return info;
}

HistogramInfo infoFor(Random& random, const HistogramView*) {
    HistogramInfo info{.value = oneOf(random, 2) ? kValue : kOther};
    if (oneOf(random, 2)) info.series = kKey;
    info.eventTime = oneOf(random, 2) ? 0 : -1;
    info.span = oneOf(random, 2) ? 0 : 40'000;
    return info;
}

NumberInfo infoFor(Random& random, const NumberView*) {
    NumberInfo info{.value = kValue};
    info.eventTime = oneOf(random, 2) ? 0 : -1;
    info.aggregate = static_cast<NumberAggregate>(random() % 6);
    info.span = 20'000;
    info.updating = oneOf(random, 2);
    return info;
}

GaugeInfo infoFor(Random& random, const GaugeView*) {
    GaugeInfo info{.value = kValue};
    info.eventTime = oneOf(random, 2) ? 0 : -1;
    info.updating = oneOf(random, 2);
    return info;
}

TableInfo infoFor(Random& random, const TableView*) {
    TableInfo info;
    info.columns = {kTs, kKey, kValue, kOther};
    info.keep = 1 + random() % 400;
    if (oneOf(random, 2)) info.order = {{2, true}};
    info.updating = oneOf(random, 2);
    info.multiset = info.updating && oneOf(random, 2);
    if (info.updating && !info.multiset) info.key = {kKey};
    info.eventTime = oneOf(random, 2) ? 0 : -1;
    return info;
}

ScatterInfo infoFor(Random& random, const ScatterView*) {
    ScatterInfo info{.x = oneOf(random, 2) ? kTs : kOther, .y = kValue};
    if (oneOf(random, 2)) info.series = kKey;
    info.keep = 1 + random() % 400;
    info.updating = oneOf(random, 2);
    if (oneOf(random, 2)) info.key = {kKey};
    return info;
}

HeatMapInfo infoFor(Random& random, const HeatMapView*) {
    HeatMapInfo info{.x = oneOf(random, 3) ? kOther : kTs, .y = kKey, .value = kValue};
    if (oneOf(random, 2)) info.y = oneOf(random, 2) ? kOther : kValue;
    if (info.times() && oneOf(random, 2)) info.windowStart = kStart;
    info.eventTime = oneOf(random, 2) ? 0 : -1;
    info.span = oneOf(random, 2) ? 0 : 60'000;
    info.updating = oneOf(random, 3);
    if (oneOf(random, 2)) info.key = {kKey};
    info.diagonal = oneOf(random, 4);
    if (info.diagonal) info.windowStart = {};
    return info;
}

template <class View>
void add(View& view, const Batch& batch, Instant arrived) {
    if constexpr (requires { view.add(batch, arrived); }) {
        view.add(batch, arrived);
    } else {
        view.add(batch);
    }
}

std::string saved(const ViewState& view) {
    StateWriter out;
    view.save(out);
    return out.finish();
}

std::string_view withoutSeal(const std::string& bytes) {
    return std::string_view(bytes).substr(state_layout::kSealSize);
}

/// One run of batches: the view that saw them all, and one that took over somewhere between them.
template <class View>
struct Story {
    explicit Story(unsigned seed) : random(seed), info(infoFor(random, static_cast<const View*>(nullptr))) {}

    void tell() {
        Instant now = kBegin;
        bool updating = true;
        if constexpr (requires { info.updating; }) updating = info.updating;
        const unsigned batches = 2 + random() % 40, left = random() % batches;
        for (unsigned i = 0; i < batches; ++i) {
            if (i == left) {
                state = saved(whole);
                const auto reader = StateReader::open(state);
                QVERIFY(reader.ok());
                const Status status = later.restore(*reader);
                QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
                QCOMPARE(pictureOf(later), pictureOf(whole));
            }
            const Batch batch = randomBatch(random, now, updating);
            const Instant watermark = now - 6'000;
            for (View* view : {&whole, &later}) {
                if (view == &later && i < left) continue;
                add(*view, batch, now);
                view->setWatermark(watermark);
            }
        }
    }

    Random random;
    const std::remove_cvref_t<decltype(std::declval<View>().info())> info;
    View whole{info}, later{info};
    std::string state;
};

template <class View>
void goesOn() {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        Story<View> story(seed);
        story.tell();
        if (QTest::currentTestFailed()) return;
        const Lines whole = pictureOf(story.whole), later = pictureOf(story.later);
        QVERIFY2(whole == later, fmt::format("seed {}:\n{}\ninstead of\n{}", seed, fmt::join(later, "\n"),
                                             fmt::join(whole, "\n"))
                                     .c_str());
    }
}

/// For any bytes: an error, or a view that can be looked at and fed.
template <class View>
void outlivesBrokenBytes() {
    int refused = 0, accepted = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        Story<View> story(seed);
        story.tell();
        const std::string_view record = withoutSeal(story.state);
        for (int tried = 0; tried < 150; ++tried) {
            std::string bytes(record);
            if (bytes.size() > 100'000) break;
            for (unsigned left = 1 + story.random() % 3; left > 0 && tried % 10 != 0; --left)
                bytes[story.random() % bytes.size()] =
                    static_cast<char>(oneOf(story.random, 2) ? story.random() : 0xFF);
            if (tried % 10 == 0) bytes.resize(story.random() % bytes.size());
            const auto reader = StateReader::unsealed(bytes);
            View view(story.info);
            if (!reader.ok() || !view.restore(*reader).ok()) {
                ++refused;
                continue;
            }
            ++accepted;
            (void)pictureOf(view);
            Instant now = kBegin + 100'000;
            add(view, randomBatch(story.random, now, false), now);
            (void)pictureOf(view);
        }
    }
    QVERIFY2(refused > 20, std::to_string(refused).c_str());
    QVERIFY2(accepted > 10, std::to_string(accepted).c_str());
}

}  // namespace

class TestViewState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void linesGoOn() { goesOn<LineView>(); }
    void barsGoOn() { goesOn<BarView>(); }
    void piesGoOn() { goesOn<PieView>(); }
    void gaugesGoOn() { goesOn<GaugeView>(); }
    void histogramsGoOn() { goesOn<HistogramView>(); }
    void numbersGoOn() { goesOn<NumberView>(); }
    void tablesGoOn() { goesOn<TableView>(); }
    void pointsGoOn() { goesOn<ScatterView>(); }
    void heatGoesOn() { goesOn<HeatMapView>(); }

    void brokenLines() { outlivesBrokenBytes<LineView>(); }
    void brokenBars() { outlivesBrokenBytes<BarView>(); }
    void brokenPies() { outlivesBrokenBytes<PieView>(); }
    void brokenGauges() { outlivesBrokenBytes<GaugeView>(); }
    void brokenHistograms() { outlivesBrokenBytes<HistogramView>(); }
    void brokenNumbers() { outlivesBrokenBytes<NumberView>(); }
    void brokenTables() { outlivesBrokenBytes<TableView>(); }
    void brokenPoints() { outlivesBrokenBytes<ScatterView>(); }
    void brokenHeat() { outlivesBrokenBytes<HeatMapView>(); }

    /// The state of another kind of picture, or of other parameters.
    void anotherPictureIsAnError() {
        Story<LineView> story(1);
        story.tell();
        const auto reader = StateReader::open(story.state);
        LineInfo other{.x = kTs, .y = {kValue, kValue, kValue}};
        LineView lines(other);
        QVERIFY(!lines.restore(*reader).ok());
        TableView table(TableInfo{.columns = {kTs}});
        QVERIFY(!table.restore(*reader).ok());
        NumberView empty(NumberInfo{.value = kValue});
        const std::string fresh = saved(empty);
        QVERIFY(!BarView(BarInfo()).restore(*StateReader::open(fresh)).ok());
    }

    /// However long a run lasts: 64 lines of as many points as are kept.
    void statesAreBounded() {
        LineInfo info{.x = kTs, .y = {kValue}, .series = kKey, .span = 0};
        LineView view(info);
        for (int batch = 0; batch < 100; ++batch) {
            Rows rows;
            for (int i = 0; i < 4'000; ++i) {
                const int row = batch * 4'000 + i;
                rows.push_back({kBegin + row, "line " + std::to_string(row % 70), row * 0.5, Value{}, kBegin,
                                kBegin, Value{}, Value{}});
            }
            view.add(batchOf(kSchema, rows));
        }
        const std::size_t most = LineView::kMaxSeries * LineView::kMaxBuckets * 48 + 1'000'000;
        const std::size_t size = saved(view).size();
        QVERIFY2(size < most && size > most / 8, fmt::format("{} of {}", size, most).c_str());
    }
};

QTEST_APPLESS_MAIN(TestViewState)
#include "test_view_state.moc"
