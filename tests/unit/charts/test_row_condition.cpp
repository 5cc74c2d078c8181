// The row behind a part of a picture: conditions that are true of it, and of no other.
#include <QtTest/QtTest>

#include "core/base/time.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/questions/row_condition.h"
#include "widgets/charts/table_chart.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

/// Of which rows it is true; a condition that can't be bound or computed fails.
std::vector<std::uint32_t> trueOf(const std::string& where, const Batch& batch) {
    auto bound = sql::bindCondition(where, {batch.schema});
    if (const auto* error = std::get_if<sql::SqlError>(&bound)) {
        qWarning("%s: %s", where.c_str(), english(error->message).c_str());
        return {9'999};
    }
    std::vector<std::uint32_t> selected;
    sql::RowErrors errors;
    sql::filterRows(*std::get<sql::BoundRef>(bound), batch, {}, selected, errors);
    return errors.empty() ? selected : std::vector<std::uint32_t>{9'998};
}

using Rows = std::vector<std::uint32_t>;

struct Sample {
    Batch batch{};
    std::vector<ChartColumn> columns{};

    void add(const char* name, Type type, const std::vector<Value>& values) {
        ColumnBuilder builder(type);
        for (const Value& value : values) appendValue(builder, value);
        columns.push_back({static_cast<int>(columns.size()), name, type});
        batch.columns.push_back(builder.finish());
        batch.rows = values.size();
        Schema schema;
        for (const ChartColumn& column : columns) schema.fields.push_back({column.name, column.type});
        batch.schema = std::make_shared<const Schema>(std::move(schema));
    }
    std::string labelled(int column, std::size_t row) const {
        std::string label;
        appendLabel(label, *batch.columns[static_cast<std::size_t>(column)], row);
        return RowCondition().label(columns[static_cast<std::size_t>(column)], label).sql();
    }
};

}  // namespace

class TestRowCondition : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void labelsAreTrueOfTheirRows() {
        Sample sample;
        sample.add("select", Type::of(TypeId::String),
                   {Value(std::string("it's")), Value(std::string("NULL")), Value(),
                    Value(std::string("中文 \" ` --")), Value(std::string())});
        sample.add("n", Type::of(TypeId::Bigint),
                   {Value(std::int64_t{-3}), Value(std::int64_t{0}), Value(), Value(INT64_MAX),
                    Value(INT64_MIN + 1)});
        sample.add("d", Type::of(TypeId::Double),
                   {Value(0.1), Value(-0.0), Value(), Value(1e300), Value(3.0)});
        sample.add("b", Type::of(TypeId::Boolean),
                   {Value(true), Value(false), Value(), Value(true), Value(true)});
        sample.add("day", Type::of(TypeId::Date),
                   {Value(std::int32_t{19'783}), Value(std::int32_t{0}), Value(), Value(std::int32_t{1}),
                    Value(std::int32_t{2})});
        sample.add("at", Type::of(TypeId::Timestamp),
                   {Value(Instant{1'709'294'400'123}), Value(Instant{0}), Value(), Value(Instant{1}),
                    Value(Instant{2})});
        for (int column = 0; column < 6; ++column) {
            for (std::size_t row = 0; row < 5; ++row) {
                Rows expected{static_cast<std::uint32_t>(row)};
                // A picture does not tell NULL from the text.
                if (column == 0 && (row == 1 || row == 2)) expected = {1, 2};
                if (column == 3 && row != 1 && row != 2) expected = {0, 3, 4};
                const std::string where = sample.labelled(column, row);
                QVERIFY2(trueOf(where, sample.batch) == expected, where.c_str());
            }
        }
    }

    void whatIsKnownNearlyIsLeftOut() {
        const ChartColumn text{0, "t", Type::of(TypeId::String)}, bytes{1, "b", Type::of(TypeId::Bytes)},
            number{2, "n", Type::of(TypeId::Bigint)}, amount{3, "a", Type::decimal(38, 10)}, none{};
        QVERIFY(RowCondition().label(text, std::string(kLongestLabel, 'x')).empty());
        QVERIFY(RowCondition().label(bytes, "AAEC").empty());
        QVERIFY(RowCondition().number(number, 9.1e15).empty());
        QVERIFY(RowCondition().number(amount, 1e9).empty());
        QVERIFY(RowCondition().number(none, 1).empty());
        QVERIFY(RowCondition().value(text, Value(std::string(1'024, 'x')), 1'024).empty());
        QCOMPARE(RowCondition().number(amount, 12.5).sql(), std::string("a = 12.5000000000"));
        QCOMPARE(RowCondition().number(number, -7).sql(), std::string("n = -7"));
        QCOMPARE(RowCondition().open(text).sql(), std::string("t = ''"));
    }

    void aPointIsItsRow() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(lineView(40));
        QVERIFY(!chart.rowAsked());
        QTest::keyClick(&chart, Qt::Key_Left);
        const auto asked = chart.rowAsked();
        QVERIFY(asked && asked->of == ChartAsk::Of::Point);
        const Batch all = rows(40);
        QCOMPARE(trueOf(asked->where, all).size(), std::size_t{1});
        // One of two lines has a point there: the other one's is missed.
        const std::string missed = chart.rowMissed();
        QVERIFY2(missed.find("core = ") != std::string::npos, missed.c_str());
        QCOMPARE(trueOf(missed, all), Rows{});
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.rowAsked() && chart.rowMissed().empty());
    }

    void theLineNextToThePointerIsMeant() {
        LineChart chart;
        chart.resize(800, 400);
        auto view = std::make_shared<LineView>(lineView(0)->info());
        Batch all = rows(2);
        // Two cores at one time.
        ColumnBuilder times(Type::of(TypeId::Timestamp));
        for (int i = 0; i < 2; ++i) times.append(Instant{1'700'000'000'000});
        all.columns[0] = times.finish();
        view->add(all);
        chart.setView(view);
        auto* plot = chart.findChild<Plot*>();
        Q_EMIT plot->hovered(1'700'000'000'000, 0.24);
        QCOMPARE(trueOf(chart.rowAsked()->where, all), Rows{1});
        Q_EMIT plot->hovered(1'700'000'000'000, 0.01);
        QCOMPARE(trueOf(chart.rowAsked()->where, all), Rows{0});
        // Keys lead from line to line.
        Q_EMIT plot->left();
        QVERIFY(!chart.rowAsked());
        QTest::keyClick(&chart, Qt::Key_Left);
        QTest::keyClick(&chart, Qt::Key_Up);
        QCOMPARE(trueOf(chart.rowAsked()->where, all), Rows{0});
        QTest::keyClick(&chart, Qt::Key_Up);
        QCOMPARE(trueOf(chart.rowAsked()->where, all), Rows{1});
        QTest::keyClick(&chart, Qt::Key_Up);
        QCOMPARE(trueOf(chart.rowAsked()->where, all), Rows{1});
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(trueOf(chart.rowAsked()->where, all), Rows{0});
    }

    void anEmptyPlaceIsTheWindowThatIsMissed() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(dailyView(3));
        auto* plot = chart.findChild<Plot*>();
        Q_EMIT plot->hovered(static_cast<double>(kFirstDay + kDay + 5'000), 2);
        QVERIFY(chart.rowAsked());
        QVERIFY(chart.rowMissed().empty());
        // Two days behind the last one.
        Q_EMIT plot->hovered(static_cast<double>(kFirstDay + 4 * kDay + kDay / 2), 2);
        QVERIFY(!chart.rowAsked());
        QCOMPARE(chart.rowMissed(),
                 std::string(
                     "window_start = '2024-01-05 00:00:00.000' AND window_time = '2024-01-05 23:59:59.999'"));
    }

    void tenThousandPointsAnswerAtOnce() {
        LineChart chart;
        chart.resize(800, 400);
        const Batch all = rows(10'000);
        auto view = std::make_shared<LineView>(lineView(0)->info());
        view->add(all);
        chart.setView(view);
        auto* plot = chart.findChild<Plot*>();
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 1'000; ++i) {
            Q_EMIT plot->hovered(plot->horizontal().from + plot->horizontal().length() * i / 1'000, 100);
            const auto asked = chart.rowAsked();
            if (i % 100 == 0 && asked) QCOMPARE(trueOf(asked->where, all).size(), std::size_t{1});
        }
        QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    }

    void aRowOfATableIsKnownByItsValues() {
        Sample sample;
        sample.add("k", Type::of(TypeId::String), {Value(std::string("a")), Value()});
        sample.add("v", Type::decimal(10, 2), {Value(Int128{1'250}), Value(Int128{-5})});
        TableInfo info;
        info.columns = sample.columns;
        auto view = std::make_shared<TableView>(info);
        view->add(sample.batch);
        TableChart chart;
        chart.resize(400, 300);
        chart.setView(view);
        QVERIFY(!chart.rowAsked());
        auto* table = chart.findChild<QTableView*>();
        std::set<std::uint32_t> found;
        for (int row = 0; row < 2; ++row) {
            table->setCurrentIndex(table->model()->index(row, 0));
            const auto asked = chart.rowAsked();
            QVERIFY(asked && asked->of == ChartAsk::Of::Row);
            const Rows rows = trueOf(asked->where, sample.batch);
            QVERIFY2(rows.size() == 1, asked->where.c_str());
            found.insert(rows.front());
        }
        QCOMPARE(found.size(), std::size_t{2});
    }
};

QTEST_MAIN(TestRowCondition)
#include "test_row_condition.moc"
