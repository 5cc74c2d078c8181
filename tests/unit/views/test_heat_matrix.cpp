// Heat maps of pairs of categories: both axes have all categories, in one order.
#include <fmt/format.h>

#include <QtTest/QtTest>

#include "core/views/heat_map_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const Type kText = Type::of(TypeId::String), kWhole = Type::of(TypeId::Bigint);
const SchemaRef kSchema = schemaOf({{"actual", kText}, {"predicted", kText}, {"rows", kWhole}});

HeatMapInfo infoOf() {
    HeatMapInfo info;
    info.y = {0, "actual", kText};
    info.x = {1, "predicted", kText};
    info.value = {2, "rows", kWhole};
    info.diagonal = true;
    return info;
}

std::vector<Value> row(const std::string& actual, const std::string& predicted, std::int64_t rows) {
    return {actual, predicted, rows};
}

std::string textOf(const HeatPicture& picture) {
    std::string text = fmt::format("{}", fmt::join(picture.names, " "));
    for (const HeatCell& cell : picture.cells)
        text += fmt::format("; {},{}={}", cell.x + 0.5, picture.top - 1 - cell.y, cell.value);
    return text;
}

HeatQuery all() {
    return {200, 200};
}

}  // namespace

class TestHeatMatrix : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// By column and row, both from 0.
    void bothAxesHaveAllCategories() {
        HeatMapView view(infoOf());
        view.add(batchOf(kSchema, {row("spam", "ham", 3), row("ham", "ham", 9), row("ham", "maybe", 1)}));
        const HeatPicture picture = view.snapshot(all()).picture;
        QCOMPARE(textOf(picture), std::string("ham maybe spam; 0,0=9; 0,2=3; 1,0=1"));
        QCOMPARE(picture.left, -0.5);
        QCOMPARE(picture.right, 2.5);
        QCOMPARE(picture.least, 1.0);
        QCOMPARE(picture.most, 9.0);
    }

    void theLastValueOfAPairCounts() {
        HeatMapView view(infoOf());
        view.add(batchOf(kSchema, {row("a", "a", 1), row("a", "b", 2), row("a", "a", 3)}));
        QCOMPARE(textOf(view.snapshot(all()).picture), std::string("a b; 0,0=3; 1,0=2"));
    }

    void numbersAreInTheirOrder() {
        HeatMapInfo info = infoOf();
        const SchemaRef schema = schemaOf({{"actual", kWhole}, {"predicted", kWhole}, {"rows", kWhole}});
        info.y.type = info.x.type = kWhole;
        HeatMapView view(info);
        view.add(batchOf(schema, {{std::int64_t{10}, std::int64_t{2}, std::int64_t{4}}}));
        QCOMPARE(textOf(view.snapshot(all()).picture), std::string("2 10; 0,1=4"));
    }

    void changingRowsTakeTheirCellsWithThem() {
        HeatMapInfo info = infoOf();
        info.updating = true;
        info.key = {info.y, info.x};
        HeatMapView view(info);
        view.add(batchOf(kSchema, {row("a", "b", 1), row("b", "b", 5)}));
        view.add(batchOf(kSchema, {row("a", "b", 1), row("a", "b", 2), row("b", "b", 5)},
                         {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}));
        QCOMPARE(textOf(view.snapshot(all()).picture), std::string("a b; 1,0=2"));
    }

    void manyCategoriesAreCutAndTold() {
        HeatMapView view(infoOf());
        for (int i = 0; i < 200; ++i) {
            const std::string name = fmt::format("c{:03}", i);
            view.add(batchOf(kSchema, {row(name, name, i)}));
        }
        const HeatMapSnapshot shot = view.snapshot(all());
        QCOMPARE(shot.picture.names.size(), HeatMatrix::kMaxNames);
        QVERIFY(shot.picture.more);
        QCOMPARE(shot.totals.skipped, std::uint64_t{200 - HeatMatrix::kMaxNames});
        const HeatPicture few = view.snapshot({5, 3}).picture;
        QCOMPARE(few.names, (std::vector<std::string>{"c057", "c058", "c059"}));
        QCOMPARE(few.cells.size(), std::size_t{3});
    }
};

QTEST_APPLESS_MAIN(TestHeatMatrix)
#include "test_heat_matrix.moc"
