// The band behind a line and the marked points on it: neither is lost where the line is made coarser.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/views/contributions.h"
#include "core/views/line_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const Type kTime = Type::of(TypeId::Timestamp), kReal = Type::of(TypeId::Double),
           kText = Type::of(TypeId::String), kTruth = Type::of(TypeId::Boolean);
const SchemaRef kSchema = schemaOf({{"ts", kTime},
                                    {"value", kReal},
                                    {"low", kReal},
                                    {"high", kReal},
                                    {"odd", kTruth},
                                    {"contributions", kText},
                                    {"pump", kText}});

LineInfo infoOf() {
    LineInfo info;
    info.x = {0, "ts", kTime};
    info.y = {{1, "value", kReal}};
    info.low = {2, "low", kReal};
    info.high = {3, "high", kReal};
    info.mark = {4, "odd", kTruth};
    info.reasons = {5, "contributions", kText};
    info.span = 0;
    return info;
}

std::vector<Value> row(Instant time, Value value, Value low, Value high, Value odd = false, Value why = {},
                       const char* pump = "a") {
    return {time,           std::move(value), std::move(low),   std::move(high),
            std::move(odd), std::move(why),   std::string(pump)};
}

using Points = std::vector<LinePoint>;

std::string saved(const LineView& view) {
    StateWriter out;
    view.save(out);
    return out.finish();
}

}  // namespace

class TestLineBand : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eachLineHasItsBandAndItsMarks() {
        LineInfo info = infoOf();
        info.series = {6, "pump", kText};
        LineView view(info);
        view.add(batchOf(kSchema, {row(1, 5.0, 4.0, 6.0), row(1, 50.0, 40.0, 60.0, true, {}, "b"),
                                   row(2, 9.0, 4.5, 6.5, true), row(2, 51.0, 41.0, 61.0, Value{}, {}, "b")}));
        const LineSnapshot shot = view.snapshot({});
        QCOMPARE(shot.series[0].low.points, (Points{{1, 4.0}, {2, 4.5}}));
        QCOMPARE(shot.series[0].high.points, (Points{{1, 6.0}, {2, 6.5}}));
        QCOMPARE(shot.series[0].marks.points, (Points{{2, 9.0}}));
        QCOMPARE(shot.series[1].low.points, (Points{{1, 40.0}, {2, 41.0}}));
        QCOMPARE(shot.series[1].marks.points, (Points{{1, 50.0}}));
    }

    void bothBelongToTheFirstColumn() {
        LineInfo info = infoOf();
        info.y = {{1, "value", kReal}, {2, "low", kReal}};
        LineView view(info);
        view.add(batchOf(kSchema, {row(1, 5.0, 4.0, 6.0, true)}));
        const LineSnapshot shot = view.snapshot({});
        QCOMPARE(shot.series[0].marks.points, (Points{{1, 5.0}}));
        QVERIFY(shot.series[1].marks.points.empty() && shot.series[1].low.points.empty());
    }

    /// A forecast has no value yet.
    void aBandNeedsNoValue() {
        LineView view(infoOf());
        view.add(batchOf(kSchema, {row(1, Value{}, 4.0, 6.0), row(2, Value{}, 4.0, Value{})}));
        const LineSnapshot shot = view.snapshot({});
        QVERIFY(shot.series[0].points.empty());
        QCOMPARE(shot.series[0].low.points, (Points{{1, 4.0}}));
        QCOMPARE(shot.totals.skipped, std::uint64_t{1});
    }

    void marksAndEdgesStayHoweverCoarseTheLineIs() {
        LineView view(infoOf());
        constexpr int kRows = 200'000, kMarked = 91'234;
        for (int done = 0; done < kRows; done += 10'000) {
            Rows rows;
            for (int i = done; i < done + 10'000; ++i)
                rows.push_back(row(i, i % 2 == 0 ? 0.0 : 100.0, i == 50'001 ? -7.0 : -1.0,
                                   i == 150'001 ? 900.0 : 101.0, false));
            if (done == 90'000) rows[1'234] = row(kMarked, 50.0, -1.0, 101.0, true);
            view.add(batchOf(kSchema, rows));
        }
        LineQuery query;
        query.maxPoints = query.maxMarks = 20;
        const LineSeries line = view.snapshot(query).series[0];
        const LinePoint marked{kMarked, 50.0};
        QVERIFY(line.points.size() <= 21 && line.low.points.size() <= 20);
        QCOMPARE(line.marks.points, Points{marked});
        QVERIFY(std::find(line.points.begin(), line.points.end(), marked) != line.points.end());
        QVERIFY(std::is_sorted(line.at.begin(), line.at.end()));
        const auto has = [](const LineOutline& edge, LinePoint point) {
            return std::find(edge.points.begin(), edge.points.end(), point) != edge.points.end();
        };
        QVERIFY(has(line.low, {50'001, -7.0}));
        QVERIFY(has(line.high, {150'001, 900.0}));
    }

    void changesTakeBothBack() {
        LineInfo info = infoOf();
        info.updating = true;
        LineView view(info);
        view.add(batchOf(kSchema, {row(1, 5.0, 4.0, 6.0, true), row(2, 5.0, 4.0, 6.0, true)}));
        view.add(batchOf(kSchema, {row(1, 5.0, 4.0, 6.0, true)}, {RowKind::Delete}));
        view.add(batchOf(kSchema, {row(2, 8.0, 7.0, 9.0, false)}, {RowKind::UpdateAfter}));
        const LineSnapshot shot = view.snapshot({});
        QCOMPARE(shot.series[0].points, (Points{{2, 8.0}}));
        QCOMPARE(shot.series[0].low.points, (Points{{2, 7.0}}));
        QVERIFY(shot.series[0].marks.points.empty());
    }

    void aMarkedPointKeepsItsReason() {
        LineView view(infoOf());
        view.add(
            batchOf(kSchema, {row(1, 5.0, 4.0, 6.0, true, R"({"a": 1})"),
                              row(2, 5.0, 4.0, 6.0, false, R"({"a": 2})"), row(3, 5.0, 4.0, 6.0, true)}));
        QCOMPARE(view.reasonOf(0, {1, 5.0}), std::string(R"({"a": 1})"));
        QVERIFY(view.reasonOf(0, {2, 5.0}).empty());
        QVERIFY(view.reasonOf(0, {3, 5.0}).empty());
        for (int done = 0; done < 3'000; ++done)
            view.add(batchOf(kSchema, {row(10 + done, 5.0, 4.0, 6.0, true, std::string(5'000, 'x'))}));
        QVERIFY(view.reasonOf(0, {1, 5.0}).empty());
        QCOMPARE(view.reasonOf(0, {3'009, 5.0}).size(), std::size_t{5'000});
        QVERIFY(saved(view).size() < LineView::kMaxReasonBytes + 1'000'000);
    }

    /// The state of an earlier version has neither.
    void aStateWithoutThemIsRead() {
        LineInfo plain;
        plain.x = infoOf().x;
        plain.y = infoOf().y;
        plain.span = 0;
        LineView before(plain), after(infoOf());
        before.add(batchOf(kSchema, {row(1, 5.0, 4.0, 6.0, true)}));
        const std::string state = saved(before);
        const auto reader = StateReader::open(state);
        QVERIFY(reader.ok() && after.restore(*reader).ok());
        after.add(batchOf(kSchema, {row(2, 7.0, 4.0, 6.0, true)}));
        const LineSnapshot shot = after.snapshot({});
        QCOMPARE(shot.series[0].points, (Points{{1, 5.0}, {2, 7.0}}));
        QCOMPARE(shot.series[0].marks.points, (Points{{2, 7.0}}));
    }

    void contributionsAreReadFromAnyText() {
        using All = std::vector<Contribution>;
        QCOMPARE(contributionsIn(R"({"a": -0.5, "b": 2, "c": "x", "d": null, "e": 0.25})").all,
                 (All{{"b", 2}, {"a", -0.5}, {"e", 0.25}}));
        for (const char* text : {"", "{", "[1]", "7", "null", "{\"a\"}", "\xff\xfe"})
            QVERIFY2(contributionsIn(text).all.empty(), text);
        const Contributions cut = contributionsIn("{\"a\": -0.5, \"b\": 2, \"long na");
        QVERIFY(cut.cut);
        QCOMPARE(cut.all, (All{{"b", 2}, {"a", -0.5}}));
        QVERIFY(contributionsIn(std::string(100'000, '[')).all.empty());
    }
};

QTEST_APPLESS_MAIN(TestLineBand)
#include "test_line_band.moc"
