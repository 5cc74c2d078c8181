// Shares of a whole: the largest by name, the rest as one; values without a place in a whole are counted.
#include <QtTest/QtTest>
#include <limits>

#include "core/views/pie_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"name", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Double)}});

std::vector<Value> of(const std::string& name, Value n) {
    return {name, std::move(n)};
}

PieSnapshot shown(const Rows& rows, std::size_t top = 8) {
    PieInfo info;
    info.category = {0, "name", Type::of(TypeId::String)};
    info.value = {1, "n", Type::of(TypeId::Double)};
    info.top = top;
    PieView view(info);
    view.add(batchOf(kSchema, rows));
    return view.snapshot();
}

PieSlice slice(const char* name, double value, double share) {
    PieSlice made;
    made.category = name;
    made.value = value;
    made.share = share;
    return made;
}

}  // namespace

class TestPieView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void slicesAreTheLargestFirst() {
        const PieSnapshot pie = shown({of("a", 1.0), of("b", 5.0), of("c", 2.0)});
        QCOMPARE(pie.slices,
                 (std::vector<PieSlice>{slice("b", 5, 0.625), slice("c", 2, 0.25), slice("a", 1, 0.125)}));
        QCOMPARE(pie.folded, std::size_t{0});
        QCOMPARE(pie.rest, PieSlice());
    }

    void theLatestRowOfACategoryCounts() {
        QCOMPARE(shown({of("a", 1.0), of("a", 5.0)}).slices, (std::vector<PieSlice>{slice("a", 5, 1)}));
    }

    void theRestIsOne() {
        const PieSnapshot pie = shown({of("a", 4.0), of("b", 2.0), of("c", 1.0), of("d", 1.0)}, 2);
        QCOMPARE(pie.slices, (std::vector<PieSlice>{slice("a", 4, 0.5), slice("b", 2, 0.25)}));
        QCOMPARE(pie.folded, std::size_t{2});
        QCOMPARE(pie.rest, slice("", 2, 0.25));
    }

    void equalOnesGoByName() {
        const PieSnapshot pie = shown({of("10", 1.0), of("9", 1.0), of("x", 1.0)}, 2);
        QCOMPARE(pie.slices[0].category, std::string("9"));
        QCOMPARE(pie.slices[1].category, std::string("10"));
    }

    void whatIsNoPartIsCounted() {
        const PieSnapshot pie = shown({of("a", 4.0), of("b", -2.0), of("c", Value{}),
                                       of("d", std::numeric_limits<double>::quiet_NaN()),
                                       of("e", std::numeric_limits<double>::infinity()), of("f", 0.0)});
        QCOMPARE(pie.slices, (std::vector<PieSlice>{slice("a", 4, 1), slice("f", 0, 0)}));
        QCOMPARE(pie.negative, std::size_t{1});
        QCOMPARE(pie.blank, std::uint64_t{3});
        QCOMPARE(pie.totals.skipped, std::uint64_t{3});
    }

    void nothingHasNoShares() {
        QCOMPARE(shown({of("a", 0.0), of("b", 0.0)}).slices,
                 (std::vector<PieSlice>{slice("a", 0, 0), slice("b", 0, 0)}));
        QVERIFY(shown({}).slices.empty());
    }

    void aWholeBeyondDoublesHasShares() {
        const PieSnapshot pie =
            shown({of("a", 1.5e308), of("b", 1.5e308), of("c", 1.5e308), of("d", 1.5e308)}, 2);
        QCOMPARE(pie.slices.front(), slice("a", 1.5e308, 0.25));
        QCOMPARE(pie.rest, slice("", std::numeric_limits<double>::max(), 0.5));
    }
};

QTEST_APPLESS_MAIN(TestPieView)
#include "test_pie_view.moc"
