// A chart over an updating stream shows the table that it describes, for any key and however it was
// cut into batches; and resumes with it.
#include <QtTest/QtTest>
#include <algorithm>
#include <limits>
#include <map>
#include <random>

#include "core/views/bar_view.h"
#include "core/views/pie_view.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

const Type kTime = Type::of(TypeId::Timestamp), kReal = Type::of(TypeId::Double);
const SchemaRef kSchema = schemaOf(
    {{"window_start", kTime}, {"window_end", kTime}, {"name", Type::of(TypeId::String)}, {"n", kReal}});
using Row = std::vector<Value>;

template <class Info>
Info infoOf(bool windowed, bool updating = true) {
    Info info;
    info.category = {2, "name", Type::of(TypeId::String)};
    info.value = {3, "n", kReal};
    info.updating = updating;
    info.top = 100;
    if (windowed) {
        info.windowStart = {0, "window_start", kTime};
        info.windowEnd = {1, "window_end", kTime};
    }
    return info;
}

Row row(const std::string& name, double n, Instant end = 10) {
    return {end - 10, end, name, n};
}

/// The same view, left and resumed.
template <class View>
std::unique_ptr<View> takenOver(const View& view) {
    StateWriter out;
    view.save(out);
    const std::string bytes = out.finish();
    auto next = std::make_unique<View>(view.info());
    const auto state = StateReader::open(bytes);
    if (!state.ok() || !next->restore(*state).ok()) qFatal("its own state is refused");
    return next;
}

/// Changes of a table by chance, and the table. Values add up exactly in any order.
class Changes {
 public:
    explicit Changes(unsigned seed) : m_random(seed), m_windowed(below(2) == 0) {}

    bool windowed() const { return m_windowed; }
    unsigned below(unsigned n) { return static_cast<unsigned>(m_random() % n); }

    void next(std::vector<Row>& rows, std::vector<RowKind>& kinds) {
        const bool full = m_table.size() > 12;
        const bool takes = !m_table.empty() && (full || below(5) < 3), puts = !takes || below(2) == 0;
        if (takes) {
            const auto old = m_table.begin() + below(static_cast<unsigned>(m_table.size()));
            rows.push_back(*old);
            kinds.push_back(puts ? RowKind::UpdateBefore : RowKind::Delete);
            m_table.erase(old);
        }
        if (!puts) return;
        rows.push_back(any());
        kinds.push_back(takes ? RowKind::UpdateAfter : RowKind::Insert);
        m_table.push_back(rows.back());
    }

    /// The expected content of a chart of it.
    std::map<std::string, double> sums(std::uint64_t& blank) const {
        std::map<std::string, double> sums;
        blank = 0;
        Instant newest = kMinTimestamp;
        for (const Row& each : m_table) newest = std::max(newest, std::get<Instant>(each[1]));
        for (const Row& each : m_table) {
            if (m_windowed && std::get<Instant>(each[1]) != newest) continue;
            const auto* n = std::get_if<double>(&each[3]);
            if (n == nullptr || std::isnan(*n)) {
                ++blank;
            } else {
                sums[isNull(each[2]) ? "NULL" : std::get<std::string>(each[2])] += *n;
            }
        }
        return sums;
    }

 private:
    Row any() {
        const Instant end = 10 * (1 + static_cast<Instant>(below(3)));
        Value name = std::string(1, static_cast<char>('a' + below(4)));
        Value n = static_cast<double>(below(200)) / 8 - 5;
        if (below(8) == 0) name = Value{};
        if (below(8) == 0) n = below(2) == 0 ? Value{} : Value{std::numeric_limits<double>::quiet_NaN()};
        return {end - 10, end, name, n};
    }

    std::mt19937 m_random;
    const bool m_windowed;
    std::vector<Row> m_table;
};

}  // namespace

class TestCategoryView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theTableIsShown() {
        for (const unsigned seed : seedsOf(suites::CategoryViews)) {
            Changes changes(seed);
            auto bars = std::make_unique<BarView>(infoOf<BarInfo>(changes.windowed()));
            auto pie = std::make_unique<PieView>(infoOf<PieInfo>(changes.windowed()));
            for (unsigned left = 1 + changes.below(12); left > 0; --left) {
                std::vector<Row> rows;
                std::vector<RowKind> kinds;
                for (unsigned i = changes.below(9); i > 0; --i) changes.next(rows, kinds);
                if (changes.below(4) == 0) {
                    bars = takenOver(*bars);
                    pie = takenOver(*pie);
                }
                // Cut anywhere, also within a change.
                const Batch batch = batchOf(kSchema, rows, kinds);
                const std::size_t cut = rows.empty() ? 0 : changes.below(static_cast<unsigned>(rows.size()));
                for (const Batch& part : {batch.slice(0, cut), batch.slice(cut, batch.rows - cut)}) {
                    bars->add(part);
                    pie->add(part);
                }
                std::uint64_t blank = 0;
                const auto sums = changes.sums(blank);
                std::map<std::string, double> shown, slices, above;
                const BarSnapshot bar = bars->snapshot();
                for (const Bar& each : bar.bars) shown[each.category] = each.value;
                const PieSnapshot pies = pie->snapshot();
                double whole = 0;
                for (const PieSlice& each : pies.slices) {
                    slices[each.category] = each.value;
                    whole += each.share;
                }
                for (const auto& [name, sum] : sums) {
                    if (sum >= 0) above[name] = sum;
                }
                QVERIFY2(shown == sums && bar.bars.size() == sums.size(), std::to_string(seed).c_str());
                QVERIFY2(slices == above, std::to_string(seed).c_str());
                QCOMPARE(pies.negative, sums.size() - above.size());
                QCOMPARE(bar.blank, blank);
                QCOMPARE(pies.blank, blank);
                const bool any =
                    std::any_of(above.begin(), above.end(), [](const auto& e) { return e.second > 0; });
                QVERIFY2(std::fabs(whole - (any ? 1 : 0)) < 1e-9, std::to_string(seed).c_str());
            }
        }
    }

    /// A top_n whose two places change hands: each of its rows by its partition and rank.
    void rowsThatTradePlaces() {
        BarView view(infoOf<BarInfo>(false));
        view.add(batchOf(kSchema, {row("x", 10), row("y", 8)}));
        view.add(batchOf(
            kSchema, {row("x", 10), row("y", 12), row("y", 8), row("x", 10)},
            {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::UpdateBefore, RowKind::UpdateAfter}));
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"y", 12}, {"x", 10}}));
    }

    void aRowThatChangesItsCategoryLeavesTheOldOne() {
        BarView view(infoOf<BarInfo>(false));
        view.add(batchOf(kSchema, {row("x", 10), row("y", 8)}));
        view.add(
            batchOf(kSchema, {row("x", 10), row("z", 10)}, {RowKind::UpdateBefore, RowKind::UpdateAfter}));
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"z", 10}, {"y", 8}}));
    }

    /// No row that was taken back stays in a sum, however large it was.
    void sumsAreExact() {
        BarView view(infoOf<BarInfo>(false));
        view.add(batchOf(
            kSchema, {row("x", 1e300), row("x", 0.1), row("x", 0.2), row("y", 1.7e308), row("y", 1.7e308)}));
        QCOMPARE(view.snapshot().bars.front(), (Bar{"y", std::numeric_limits<double>::max()}));
        const auto later = takenOver(view);
        later->add(batchOf(kSchema, {row("x", 1e300), row("x", 0.2), row("y", 1.7e308)},
                           {RowKind::Delete, RowKind::Delete, RowKind::Delete}));
        QCOMPARE(later->snapshot().bars, (std::vector<Bar>{{"y", 1.7e308}, {"x", 0.1}}));
    }

    /// Several of equal keys in one window: which came last depends on the threads.
    void rowsOfAWindowAddUp() {
        BarView view(infoOf<BarInfo>(true, false));
        view.add(batchOf(kSchema, {row("x", 3), row("y", 4), row("x", 2)}));
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"x", 5}, {"y", 4}}));
    }

    /// Kept are the values of one category, also of one that is not among the first; hidden is a window that
    /// may still change.
    void aPartIsAskedFor() {
        BarInfo info = infoOf<BarInfo>(true);
        info.top = 1;
        BarView bars(info);
        bars.add(batchOf(kSchema, {row("x", 3), row("y", 4), row("x", 7, 20)}));
        const CategoryQuery onlyX{.finalOnly = false,
                                  .keeps = [](const std::string& name) { return name == "x"; }};
        const CategoryQuery onlyFinal{.finalOnly = true};
        QCOMPARE(bars.snapshot(onlyX).bars, (std::vector<Bar>{{"x", 7}}));
        QVERIFY(bars.snapshot(onlyFinal).bars.empty());  // no window is complete
        bars.setWatermark(9);
        QCOMPARE(bars.snapshot().windowEnd, Instant(20));
        QCOMPARE(bars.snapshot(onlyFinal).bars, (std::vector<Bar>{{"y", 4}}));
        QVERIFY(!bars.snapshot(onlyFinal).provisional);
        PieInfo slices = infoOf<PieInfo>(true);
        PieView pie(slices);
        pie.add(batchOf(kSchema, {row("x", 3), row("y", 4)}));
        QCOMPARE(pie.snapshot(onlyX).slices.size(), std::size_t(1));
        QCOMPARE(pie.snapshot(onlyX).slices.front().share, 1.0);
    }

    /// A session that another was merged into: its window is there no more.
    void aWindowLeavesWithItsLastRow() {
        BarView view(infoOf<BarInfo>(true));
        view.add(batchOf(kSchema, {row("x", 3, 10), row("y", 4, 20)}));
        QCOMPARE(view.snapshot().windowEnd, Instant{20});
        view.add(batchOf(kSchema, {row("y", 4, 20)}, {RowKind::Delete}));
        QCOMPARE(view.snapshot().windowEnd, Instant{10});
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"x", 3}}));
    }

    void whatWasGivenUpIsNotTakenBack() {
        BarView view(infoOf<BarInfo>(false));
        constexpr int kTooMany = static_cast<int>(CategoryView::kMaxCategories) + 1;
        Rows rows;
        for (int i = 0; i < kTooMany; ++i) rows.push_back(row("c" + std::to_string(i), 1));
        view.add(batchOf(kSchema, rows));
        const std::size_t kept = view.snapshot().categories;
        QVERIFY(kept < CategoryView::kMaxCategories && view.snapshot().forgotten == rows.size() - kept);
        view.add(batchOf(kSchema, {row("c0", 1)}, {RowKind::Delete}));
        QCOMPARE(view.snapshot().categories, kept);
        view.add(batchOf(kSchema, {row("c" + std::to_string(kTooMany - 1), 1)}, {RowKind::Delete}));
        QCOMPARE(view.snapshot().categories, kept - 1);
    }
};

QTEST_APPLESS_MAIN(TestCategoryView)
#include "test_category_view.moc"
