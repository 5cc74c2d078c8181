// Expected rows beside those that came.
#include <QtTest/QtTest>

#include "core/pipeline_tests/row_match.h"

using namespace rw;

namespace {

const std::vector<MatchColumn> kColumns{{"k", Type::of(TypeId::String)}, {"x", Type::of(TypeId::Double)}};

ValueRow row(const char* key, double value) {
    return {Value{std::string(key)}, Value{value}};
}
ExpectedRow wanted(const char* key, double value) {
    return {{false, Value{std::string(key)}}, {false, Value{value}}};
}
ExpectedRow anyKey(double value) {
    return {{true, {}}, {false, Value{value}}};
}

}  // namespace

class TestRowMatch : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsAreASet() {
        const std::vector<ExpectedRow> expected{wanted("a", 1), wanted("b", 2), wanted("a", 1)};
        QVERIFY(matchRows(kColumns, expected, {row("b", 2), row("a", 1), row("a", 1)}, {}).none());
        const RowMismatches once = matchRows(kColumns, expected, {row("b", 2), row("a", 1)}, {});
        QCOMPARE(once.missing, std::size_t{1});
        QCOMPARE(once.rows.front().expected, (std::vector<std::string>{"a", "1"}));
        const RowMismatches more = matchRows(kColumns, {}, {row("c", 3)}, {});
        QCOMPARE(more.unexpected, std::size_t{1});
        QCOMPARE(more.rows.front().kind, RowMismatch::Kind::Unexpected);
    }

    void orderCountsOnlyWhereAsked() {
        const std::vector<ExpectedRow> expected{wanted("a", 1), wanted("b", 2), wanted("c", 3)};
        const std::vector<ValueRow> got{row("b", 2), row("a", 1), row("c", 3)};
        QVERIFY(matchRows(kColumns, expected, got, {}).none());
        const RowMismatches differences = matchRows(kColumns, expected, got, {true, 0});
        QVERIFY(differences.otherOrder && !differences.none());
        QCOMPARE(differences.missing, std::size_t{1});
        QCOMPARE(differences.unexpected, std::size_t{1});
        QVERIFY(matchRows(kColumns, expected, {row("a", 1), row("b", 2), row("c", 3)}, {true, 0}).none());
    }

    void aRowThatIsAlikeIsChanged() {
        const RowMismatches differences =
            matchRows(kColumns, {wanted("a", 1), wanted("b", 2)}, {row("a", 1.5), row("b", 2)}, {});
        QCOMPARE(differences.changed, std::size_t{1});
        QCOMPARE(differences.missing + differences.unexpected, std::size_t{0});
        QCOMPARE(differences.rows.front().differs, (std::vector<bool>{false, true}));
    }

    void doublesMayDiffer() {
        QVERIFY(matchRows(kColumns, {wanted("a", 0.3)}, {row("a", 0.1 + 0.2)}, {false, 1e-9}).none());
        QVERIFY(!matchRows(kColumns, {wanted("a", 0.3)}, {row("a", 0.1 + 0.2)}, {}).none());
        QVERIFY(matchRows(kColumns, {wanted("a", 0.0)}, {row("a", -0.0)}, {}).none());
        const MatchRules nineDigits{false, 0, 1e-9};
        QVERIFY(matchRows(kColumns, {wanted("a", 1e12)}, {row("a", 1e12 + 1)}, nineDigits).none());
        QVERIFY(!matchRows(kColumns, {wanted("a", 1e12)}, {row("a", 1e12 + 1e4)}, nineDigits).none());
        const double endless = std::numeric_limits<double>::infinity();
        QVERIFY(!matchRows(kColumns, {wanted("a", endless)}, {row("a", 1)}, nineDigits).none());
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(matchRows(kColumns, {wanted("a", nan)}, {row("a", nan)}, {}).none());
    }

    /// The first row would do for both that are expected, the second only for one.
    void asManyAsPossibleArePaired() {
        QVERIFY(matchRows(kColumns, {anyKey(1), wanted("a", 1)}, {row("a", 1), row("b", 1)}, {}).none());
        const std::vector<ExpectedRow> near{wanted("a", 1.0), wanted("a", 0.95)};
        QVERIFY(matchRows(kColumns, near, {row("a", 1.0), row("a", 1.08)}, {false, 0.1}).none());
    }

    /// Rows of a Flink come in the order of their texts, whatever the order of the expected ones is.
    void manyRowsWithATolerance() {
        const MatchRules nineDigits{false, 0, 1e-9};
        std::vector<ExpectedRow> expected, alike;
        std::vector<ValueRow> same, near, nearOfOne;
        for (int i = 0; i < 2'000; ++i) {
            const std::string key = std::to_string(100'000 + i);
            expected.push_back(wanted(key.c_str(), i));
            alike.push_back(wanted("k", i));
            const std::string last = std::to_string(101'999 - i);
            same.push_back(row(last.c_str(), 1'999 - i));
            near.push_back(row(last.c_str(), (1'999 - i) * (1 + 1e-12)));
            nearOfOne.push_back(row("k", (1'999 - i) * (1 + 1e-12)));
        }
        QVERIFY(matchRows(kColumns, expected, same, nineDigits).none());
        QVERIFY(matchRows(kColumns, expected, near, nineDigits).none());
        QVERIFY2(matchRows(kColumns, alike, nearOfOne, nineDigits).none(),
                 "the numbers alone tell them apart");
        expected.front().front() = {true, {}};
        QVERIFY2(matchRows(kColumns, expected, near, nineDigits).none(), "one star among them");
        near.front() = row("101999", 7);
        QCOMPARE(matchRows(kColumns, expected, near, nineDigits).changed, std::size_t{1});
    }

    /// However many there are, and whatever the stars are, it ends soon.
    void manyRowsAreCompared() {
        std::vector<ExpectedRow> expected;
        std::vector<ValueRow> got;
        for (int i = 0; i < 50'000; ++i) {
            expected.push_back(anyKey(i));
            got.push_back(row("k", i + 1));
        }
        const RowMismatches differences = matchRows(kColumns, expected, got, {true, 0});
        QVERIFY(!differences.none());
        QVERIFY(differences.rows.size() <= 3 * RowMismatches::kMostShown);
    }
};

QTEST_GUILESS_MAIN(TestRowMatch)
#include "test_row_match.moc"
