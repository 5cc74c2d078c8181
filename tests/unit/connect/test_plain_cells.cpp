// isPlainCell(): spellings that other engines read as we do, and those that they may not.
#include <QtTest/QtTest>

#include "core/connect/csv/plain.h"
#include "core/data/type.h"

using namespace rw;

class TestPlainCells : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void spellings_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("plain");
        QTest::addColumn<QStringList>("others");
        QTest::newRow("text") << "STRING" << QStringList{"", " a ", "1"} << QStringList{};
        QTest::newRow("truth") << "BOOLEAN" << QStringList{"true", "false"}
                               << QStringList{"", "TRUE", "True", "t", "1", "yes", " true"};
        QTest::newRow("whole") << "INT" << QStringList{"0", "7", "-7", "2147483647", "-2147483648", "-0"}
                               << QStringList{"",   "+7", "07",  "007", "7.0", "7.",         "1e3",
                                              " 7", "7 ", "7,0", "-",   "ten", "2147483648", "0x10"};
        QTest::newRow("large") << "BIGINT" << QStringList{"9223372036854775807", "-9223372036854775808"}
                               << QStringList{"9223372036854775808", "1_000"};
        QTest::newRow("double") << "DOUBLE" << QStringList{"0", "-0.25", "1.5", "1e20", "1.5E-7", "1e+20"}
                                << QStringList{"",   ".5",   "5.",    "+1", "01.5",  "NaN", "Infinity",
                                               "1d", "1.5f", "0x1p3", "1e", "1e2.5", "1,5", " 1"};
        QTest::newRow("decimal") << "DECIMAL(5,2)" << QStringList{"0", "0.25", "999.99", "-999.9", "12"}
                                 << QStringList{"",     "1000", "0.255", "1.500", "+1",
                                                "00.5", ".5",   "1e2",   "5."};
        QTest::newRow("decimal without whole digits")
            << "DECIMAL(2,2)" << QStringList{"0.25", "0"} << QStringList{"1", "1.00"};
        QTest::newRow("bytes") << "BYTES" << QStringList{"AP8=", "AP//", "gA=="}
                               << QStringList{"AP8", " AP8=", "AP8= ", "AP 8", "AP8=\n", "no base64", "="};
        QTest::newRow("day") << "DATE" << QStringList{"2024-02-29", "1583-01-01", "9999-12-31"}
                             << QStringList{"",         "2024-2-29",   "2024-02-30", "1582-12-31",
                                            "24-02-29", "2024-02-29 ", "2024/02/29", "10000-01-01"};
        QTest::newRow("time") << "TIMESTAMP(3)"
                              << QStringList{"2024-03-01 12:00:00", "2024-03-01 12:00:00.1",
                                             "2024-03-01 12:00:00.123"}
                              << QStringList{"",
                                             "2024-03-01",
                                             "2024-03-01T12:00:00",
                                             "2024-03-01 12:00:00Z",
                                             "2024-03-01 12:00:00.",
                                             "2024-03-01 12:00:00.1234",
                                             "2024-03-01 24:00:00",
                                             "2024-03-01 12:00",
                                             "1500-03-01 12:00:00"};
    }
    void spellings() {
        QFETCH(QString, type);
        QFETCH(QStringList, plain);
        QFETCH(QStringList, others);
        const auto parsed = parseType(type.toStdString());
        QVERIFY(parsed.ok());
        for (const QString& text : plain)
            QVERIFY2(isPlainCell(text.toStdString(), *parsed), text.toUtf8().constData());
        for (const QString& text : others)
            QVERIFY2(!isPlainCell(text.toStdString(), *parsed), text.toUtf8().constData());
    }
};

QTEST_APPLESS_MAIN(TestPlainCells)
#include "test_plain_cells.moc"
