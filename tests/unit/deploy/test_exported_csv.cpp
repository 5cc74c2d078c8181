// Decimal commas and numbers as times: refused with the words that convert them, which an engine then takes.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/deploy/csv_values.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

class TestExportedCsv : public QObject {
    Q_OBJECT

    /// A CSV source with a parameter and one column, and what a select node makes of it.
    static Translation translated(Engine engine, const QString& param, const QString& value,
                                  const QString& column, const QString& selected) {
        Json source = nodeOf("rows", "csv_source", {{"path", "rows.csv"}});
        source["params"]["columns"] = Json::array({column.toStdString()});
        source["params"][param.toStdString()] = value.toStdString();
        Json select = nodeOf("select", "select");
        select["params"]["columns"] = Json::array({selected.toStdString()});
        return FlinkText({source, select, sinkOf("out")}, {"rows>select", "select>out"}, engine)
            .translation();
    }

 private Q_SLOTS:
    void theAdviceIsTaken_data() {
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("converted");
        QTest::addColumn<QString>("how");
        const auto row = [](const char* param, const char* value, const char* column, const char* converted,
                            const char* how) {
            QTest::addRow("%s %s", value, column)
                << QString(param) << QString(value) << QString(column) << QString(converted) << QString(how);
        };
        row("decimal", "comma", "price DOUBLE", "price STRING",
            "CAST(REPLACE(price, ',', '.') AS DOUBLE) AS price");
        row("decimal", "either", "`unit price` DECIMAL(10,2)", "`unit price` STRING",
            "CAST(REPLACE(`unit price`, ',', '.') AS DECIMAL(10,2)) AS `unit price`");
        row("epoch", "seconds", "ts TIMESTAMP(3)", "ts BIGINT",
            "TIMESTAMPADD(SECOND, ts, TIMESTAMP '1970-01-01 00:00:00') AS ts");
        row("epoch", "milliseconds", "ts TIMESTAMP(3)", "ts BIGINT",
            "TIMESTAMPADD(MILLISECOND, ts, TIMESTAMP '1970-01-01 00:00:00') AS ts");
    }
    void theAdviceIsTaken() {
        QFETCH(QString, param);
        QFETCH(QString, value);
        QFETCH(QString, column);
        QFETCH(QString, converted);
        QFETCH(QString, how);
        for (const Engine engine : {Engine::Flink, Engine::Spark}) {
            const Translation before = translated(engine, param, value, column, QStringLiteral("*"));
            const auto& findings = before.nodes.at("rows").findings;
            const auto refused = std::find_if(findings.begin(), findings.end(), [&](const Remark& each) {
                return each.verdict == Verdict::Refused && each.param == param.toStdString();
            });
            QVERIFY(refused != findings.end());
            const QString fix = QString::fromStdString(english(refused->fix));
            QVERIFY2(fix.endsWith(QStringLiteral(" in a select node: ") + how), qPrintable(fix));
            // The parameter stays as it is: nothing is read by it any more.
            const Translation after = translated(engine, param, value, converted, how);
            QVERIFY(after.nodes.at("rows").verdict() != Verdict::Refused);
            QCOMPARE(after.nodes.at("select").verdict(), Verdict::Exact);
        }
    }

    void nothingIsSaidOfOtherColumns() {
        Schema columns;
        columns.fields = {{"n", Type::of(TypeId::Bigint)}, {"name", Type::of(TypeId::String)}};
        CsvFormat format{};
        format.decimal = CsvFormat::Decimal::Comma;
        format.epoch = CsvFormat::Epoch::Seconds;
        QVERIFY(!commaMend(format, columns) && !epochMend(format, columns));
        columns.fields.push_back({"x", Type::of(TypeId::Double)});
        QVERIFY(commaMend(format, columns) && !epochMend(format, columns));
        QVERIFY(!commaMend(CsvFormat{}, columns));
    }
};

QTEST_APPLESS_MAIN(TestExportedCsv)
#include "test_exported_csv.moc"
