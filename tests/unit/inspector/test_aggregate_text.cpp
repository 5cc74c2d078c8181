// An aggregate comes apart into cells and together again; one that needs more than cells does not come apart.
#include <QtTest>

#include "widgets/inspector/fields/aggregate_row.h"
#include "widgets/inspector/fields/next_aggregate.h"

using namespace rw::ui;

class TestAggregateText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void cellsAreCutOut_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("cells");
        const auto row = [](const char* text, const QStringList& cells) {
            QTest::newRow(text) << text << cells;
        };
        row("COUNT(*) AS n", {"COUNT", "*", "n"});
        row("avg( load * 100 ) as `mean load`", {"avg", "load * 100", "`mean load`"});
        row("PERCENTILE(ABS(a - b), 0.95) AS p95", {"PERCENTILE", "ABS(a - b), 0.95", "p95"});
        row("COUNT(DISTINCT id) AS ids", {"COUNT", "DISTINCT id", "ids"});
        row("SUM() AS s", {"SUM", "", "s"});  // while it is typed
        row("SUM(x)", {"SUM", "x", ""});
        row("SUM(a +) AS s", {"SUM", "a +", "s"});
        row("LISTAGG(name, ')') AS all_names", {"LISTAGG", "name, ')'", "all_names"});
        row("MAX(x) FILTER (WHERE ok) AS best", {});
        row("MAX(x) + 1 AS more", {});
        row("MAX(x) /* why */ AS best", {});
        row("MAX(x AS best", {});
        row("MAX(x) AS", {});
        row("UPPER(x) AS loud", {});
        row("x", {});
        row("", {});
        row("LISTAGG(name, ') AS n", {});
    }
    void cellsAreCutOut() {
        QFETCH(QString, text);
        QFETCH(QStringList, cells);
        const std::string utf8 = text.toStdString();
        const auto found = aggregateCells(utf8);
        QCOMPARE(found.has_value(), !cells.isEmpty());
        if (!found) return;
        const auto cut = [](const std::string& from, const AggregateCells& at) {
            QStringList parts;
            for (const rw::sql::Span span : {at.function, at.argument, at.name})
                parts << QString::fromStdString(from.substr(span.begin, span.end - span.begin));
            return parts;
        };
        QCOMPARE(cut(utf8, *found), cells);
        const std::string written =
            aggregateText(cells[0].toStdString(), cells[1].toStdString(), cells[2].toStdString());
        const auto again = aggregateCells(written);
        QVERIFY(again);
        QCOMPARE(cut(written, *again), cells);
    }

    void resultsHaveUsualNames() {
        QCOMPARE(usualName("COUNT", "*"), std::string("n"));
        QCOMPARE(usualName("AVG", "load"), std::string("avg_load"));
        QCOMPARE(usualName("AVG", "load * 2"), std::string());
        QCOMPARE(usualName("SUM", ""), std::string());
        QCOMPARE(usualName("SUM", "Stück"), std::string("sum_Stück"));
        QCOMPARE(usualName("SUM", "`unit price`"), std::string("`sum_unit price`"));
        QCOMPARE(usualName("SUM", "DISTINCT id"), std::string());
    }

    /// One press after the other never offers the same.
    void theNextOneIsAnother() {
        const rw::Schema columns{{{"machine", rw::Type::of(rw::TypeId::String)},
                                  {"Stück", rw::Type::of(rw::TypeId::Int)},
                                  {"temp", rw::Type::of(rw::TypeId::Double)},
                                  {"note", rw::Type::of(rw::TypeId::String)},
                                  {"ts", rw::Type::of(rw::TypeId::Timestamp)}}};
        std::vector<std::string> pressed;
        for (int i = 0; i < 10; ++i) pressed.push_back(nextAggregate(pressed, columns, {"machine"}));
        QCOMPARE(pressed, (std::vector<std::string>{
                              "COUNT(*) AS n", "AVG(temp) AS avg_temp", "AVG(Stück) AS avg_Stück",
                              "MIN(temp) AS min_temp", "MAX(temp) AS max_temp", "MIN(Stück) AS min_Stück",
                              "MAX(Stück) AS max_Stück", "COUNT(DISTINCT note) AS count_note",
                              "COUNT(*) AS n_2", "COUNT(*) AS n_3"}));
        // Of one that was written otherwise, and where its name is taken.
        QCOMPARE(nextAggregate({"avg(temp) AS mean", "MAX(temp) FILTER (WHERE ok) AS `AVG_Stück`"}, columns,
                               {"machine"}),
                 std::string("AVG(Stück) AS avg_Stück_2"));
        QCOMPARE(nextAggregate({"SUM(temp) AS s"}, columns, {"avg_temp"}),
                 std::string("AVG(temp) AS avg_temp_2"));
        QCOMPARE(nextAggregate({"COUNT(*) AS n"}, {}, {}), std::string("COUNT(*) AS n_2"));
    }
};

QTEST_APPLESS_MAIN(TestAggregateText)
#include "test_aggregate_text.moc"
