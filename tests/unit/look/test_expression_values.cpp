// What an expression gives for rows that a look has kept.
#include "core/look/expression_values.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The orders of looks.h as they come to a node, and a question about them.
struct ValueFixture {
    LookResult looked{};

    explicit ValueFixture(const std::string& orders = kOrders) {
        LookFixture fixture;
        fixture.write("orders.csv", orders);
        fixture.setPipeline(kOrdersSource, "");
        looked = lookAtAll(fixture.request({}));
    }
    const LookedPort& port() const { return looked.outputs.at(0); }
    std::optional<ExpressionValues> values(const std::string& text,
                                           ExpressionForm form = ExpressionForm::SelectItem) const {
        return valuesOf({.text = text, .form = form, .input = port()});
    }
    std::optional<ExpressionValues> around(std::size_t row, const Batch& batch) const {
        return valuesOf({.text = "id AS i",
                         .form = ExpressionForm::SelectItem,
                         .input = port(),
                         .current = std::pair(row, batch)});
    }
};

std::string manyOrders(int rows) {
    std::string text = "id,ts,shop,amount\n";
    for (int row = 0; row < rows; ++row)
        text += std::to_string(row) + ",2024-03-01 09:00:01,graz," + std::to_string(row % 7) + "\n";
    return text;
}

QString numbersOf(const ExpressionValues& values) {
    QStringList all;
    for (const ExpressionValue& row : values.rows)
        all << QString::number(row.number) + (row.isCurrent ? QStringLiteral("!") : QString());
    return all.join(u' ');
}

}  // namespace

class TestExpressionValues : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowThatFailsSaysWhy() {
        const ValueFixture fixture;
        const auto values = fixture.values("CAST(amount AS DOUBLE) * 2 AS twice");
        QVERIFY(values.has_value());
        QCOMPARE(values->rows.size(), std::size_t{5});
        QCOMPARE(values->rows[0].value->at<double>(0), 21.0);
        QVERIFY(values->rows[0].error.empty());
        QVERIFY(english(values->rows[3].error).find("n/a") != std::string::npos);
        QVERIFY(values->rows[3].value->isNull(0));
        QCOMPARE(values->errors, std::size_t{1});
        QCOMPARE(values->nulls, std::size_t{0});  // one that failed is told as that alone
        QCOMPARE(values->counted, std::size_t{5});
        QCOMPARE(values->reads, std::vector<std::string>{"amount"});
    }

    void nullIsNoFault() {
        const auto values = ValueFixture().values("TRY_CAST(amount AS DOUBLE) AS eur");
        QCOMPARE(values->nulls, std::size_t{1});
        QCOMPARE(values->errors, std::size_t{0});
        QVERIFY(values->rows[3].error.empty());
    }

    void aConditionIsCounted() {
        const ValueFixture fixture;
        QCOMPARE(fixture.values("shop = 'graz'", ExpressionForm::Condition)->holds, std::size_t{3});
        QCOMPARE(fixture.values("g: shop = 'graz'", ExpressionForm::Branch)->holds, std::size_t{3});
        // A constant, and one that fails for each row.
        QCOMPARE(fixture.values("TRUE", ExpressionForm::Condition)->holds, std::size_t{5});
        QCOMPARE(fixture.values("CAST(shop AS INT) = 1", ExpressionForm::Condition)->errors, std::size_t{5});
        QCOMPARE(fixture.values("NULL", ExpressionForm::Condition)->nulls, std::size_t{5});
    }

    void whatIsNoExpressionGivesNothing() {
        const ValueFixture fixture;
        for (const char* text : {"", "*", "nowhere AS n", "CAST(amount", "amount + 1 AS"})
            QVERIFY2(!fixture.values(text), text);
        QVERIFY(!fixture.values("id + 1", ExpressionForm::Condition));
        QVERIFY(!fixture.values("shop = 'graz'", ExpressionForm::Branch));
    }

    void theCurrentRowIsAmongThem() {
        const ValueFixture fixture(manyOrders(100));
        const Batch& batch = fixture.port().batches.front();
        QCOMPARE(numbersOf(*fixture.values("id AS i")), QStringLiteral("0 1 2 3 4 5"));
        QCOMPARE(numbersOf(*fixture.around(0, batch.slice(0, 1))), QStringLiteral("0! 1 2 3 4 5"));
        QCOMPARE(numbersOf(*fixture.around(50, batch.slice(50, 1))), QStringLiteral("48 49 50! 51 52 53"));
        QCOMPARE(numbersOf(*fixture.around(99, batch.slice(99, 1))), QStringLiteral("94 95 96 97 98 99!"));
        // One that was not kept stands behind the first.
        const auto far = fixture.around(5'000, batch.slice(7, 1));
        QCOMPARE(numbersOf(*far), QStringLiteral("0 1 2 3 4 5000!"));
        QCOMPARE(far->rows.back().value->at<std::int64_t>(0), std::int64_t{7});
        QCOMPARE(far->counted, std::size_t{100});
    }

    void hugeTextsAreMadeAFewAtATime() {
        const ValueFixture fixture(manyOrders(100));
        // 4 MB each, 400 MB together; all of them, however slow the machine is.
        const auto values = valuesOf({.text = "REPEAT(shop, 1000000) AS x",
                                      .form = ExpressionForm::SelectItem,
                                      .input = fixture.port(),
                                      .longest = 600'000});
        QVERIFY(values.has_value());
        QVERIFY(!values->rows.empty());
        QCOMPARE(values->counted, std::size_t{100});
        QVERIFY(values->rows[0].value->memoryBytes() < 100'000);
        // No longer than it may: the rest of the rows does not count.
        const auto none = valuesOf(
            {.text = "id AS i", .form = ExpressionForm::SelectItem, .input = fixture.port(), .longest = 0});
        QVERIFY(none.has_value());
        QCOMPARE(none->counted, std::size_t{0});
        QVERIFY(none->rows.empty());
    }

    void cancelledItGivesNothing() {
        const ValueFixture fixture;
        QVERIFY(!valuesOf({.text = "TRUE", .input = fixture.port(), .isCancelled = [] { return true; }}));
    }
};

QTEST_GUILESS_MAIN(TestExpressionValues)
#include "test_expression_values.moc"
