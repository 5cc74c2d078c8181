// The final rows of changes, and the differences of two lists of rows.
#include <QtTest/QtTest>

#include <algorithm>

#include "core/compare/row_difference.h"

using namespace rw;

namespace {

const Schema& columns() {
    static const Schema kColumns{{{"k", Type::of(TypeId::String)},
                                  {"n", Type::of(TypeId::Bigint)},
                                  {"x", Type::of(TypeId::Double)},
                                  {"m", Type::decimal(10, 2)}}};
    return kColumns;
}

CompareRow row(const char* k, const char* n, const char* x, const char* m) {
    return {CompareCell(k), CompareCell(n), CompareCell(x), CompareCell(m)};
}

ChangeRow change(RowKind kind, CompareRow cells) {
    ChangeRow out;
    out.kind = kind;
    out.cells = std::move(cells);
    return out;
}

std::vector<CompareRow> sorted(std::vector<CompareRow> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

class TestRowDifference : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsLeftOfChanges() {
        const auto left = finalRows({change(RowKind::Insert, row("a", "1", "1", "1.00")),
                                     change(RowKind::Insert, row("b", "1", "1", "1.00")),
                                     change(RowKind::UpdateBefore, row("a", "1", "1", "1.00")),
                                     change(RowKind::UpdateAfter, row("a", "2", "1", "1.00")),
                                     change(RowKind::Delete, row("b", "1", "1", "1.00")),
                                     change(RowKind::Insert, row("c", "1", "1", "1.00")),
                                     change(RowKind::Insert, row("c", "1", "1", "1.00"))},
                                    columns());
        QVERIFY(left.ok());
        QVERIFY((*left == std::vector<CompareRow>{row("a", "2", "1", "1.00"), row("c", "1", "1", "1.00"),
                                                  row("c", "1", "1", "1.00")}));
    }

    void valuesHaveOneForm() {
        const auto left = finalRows({change(RowKind::Insert, row(" a ", "007", "1.0E10", "1.5"))}, columns());
        QVERIFY(left.ok());
        QCOMPARE(left->size(), std::size_t{1});
        QCOMPARE(left->front()[0].value_or(""), std::string(" a "));
        QCOMPARE(left->front()[1].value_or(""), std::string("7"));
        QCOMPARE(left->front()[3].value_or(""), std::string("1.50"));
    }

    void whatNeverCameIsNotTakenBack() {
        const auto never = finalRows({change(RowKind::Delete, row("a", "1", "1", "1.00"))}, columns());
        QVERIFY(!never.ok() && english(never.error()).find("retracted") != std::string::npos);
        QVERIFY(!finalRows({change(RowKind::Insert, {CompareCell("a")})}, columns()).ok());
    }

    void rowsCountAsOftenAsTheyAreThere() {
        const CompareRow one = row("a", "1", "1", "1.00");
        const RowDifference twice = rowDifference({one, one}, {one}, columns(), {});
        QCOMPARE(twice.onlyA.size(), std::size_t{1});
        QVERIFY(twice.onlyB.empty() && twice.different.empty() && !twice.same());
        QVERIFY(rowDifference({one, one}, {one, one}, columns(), {}).same());
    }

    void nothingIsNotTheEmptyText() {
        CompareRow none = row("", "1", "1", "1.00");
        none[0].reset();
        QCOMPARE(rowDifference({none}, {row("", "1", "1", "1.00")}, columns(), {}).count(), std::uint64_t{2});
    }

    void doublesHaveATolerance_data() {
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("last digit") << QByteArray("0.30000000000000004") << true;
        QTest::newRow("tenth digit") << QByteArray("0.300000001") << false;
        QTest::newRow("not a number") << QByteArray("NaN") << false;
    }

    void doublesHaveATolerance() {
        QFETCH(QByteArray, other);
        QFETCH(bool, same);
        const RowDifference difference = rowDifference(
            {row("a", "1", "0.3", "1.00")}, {row("a", "1", other.constData(), "1.00")}, columns(), {});
        QCOMPARE(difference.same(), same);
        QCOMPARE(difference.close, same ? std::uint64_t{1} : std::uint64_t{0});
    }

    /// Each would be held against each other one, for minutes.
    void veryManyNumbersAreCompared() {
        const Schema numbers{{{"x", Type::of(TypeId::Double)}}};
        std::vector<CompareRow> a, b;
        for (int i = 0; i < 40'000; ++i) {
            a.push_back({CompareCell(std::to_string(i) + ".5")});
            b.push_back({CompareCell(std::to_string(i) + (i % 2 == 0 ? ".25" : ".500000000001"))});
        }
        a.push_back({CompareCell()});
        b.push_back({CompareCell("Infinity")});
        const RowDifference difference = rowDifference(sorted(a), sorted(b), numbers, {});
        QCOMPARE(difference.close, std::uint64_t{20'000});
        QCOMPARE(difference.onlyA.size(), std::size_t{20'001});
        QCOMPARE(difference.onlyB.size(), std::size_t{20'001});
    }

    void numbersWithoutAPointHaveNone() {
        const RowDifference difference =
            rowDifference({row("a", "1000000000000", "1", "1.00")}, {row("a", "1000000000001", "1", "1.00")},
                          columns(), {});
        QCOMPARE(difference.onlyA.size() + difference.onlyB.size(), std::size_t{2});
    }

    void rowsOfAKeyArePairs() {
        const auto a = sorted({row("a", "1", "1", "1.00"), row("b", "1", "1", "1.00")});
        const auto b = sorted({row("a", "2", "1", "1.00"), row("c", "1", "1", "1.00")});
        const RowDifference keyed = rowDifference(a, b, columns(), {0});
        QCOMPARE(keyed.different.size(), std::size_t{1});
        QVERIFY(keyed.different.front().first == row("a", "1", "1", "1.00"));
        QVERIFY(keyed.different.front().second == row("a", "2", "1", "1.00"));
        QVERIFY(keyed.onlyA == std::vector<CompareRow>{row("b", "1", "1", "1.00")});
        QVERIFY(keyed.onlyB == std::vector<CompareRow>{row("c", "1", "1", "1.00")});
        QCOMPARE(rowDifference(a, b, columns(), {}).different.size(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestRowDifference)
#include "test_row_difference.moc"
