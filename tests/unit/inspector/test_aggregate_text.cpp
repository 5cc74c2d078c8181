// An aggregate comes apart into cells and together again; one that needs more than cells does not come apart.
#include <QtTest>

#include "widgets/inspector/fields/aggregate_row.h"

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
    }
};

QTEST_APPLESS_MAIN(TestAggregateText)
#include "test_aggregate_text.moc"
