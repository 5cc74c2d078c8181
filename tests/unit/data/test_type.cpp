// Spellings of types, and column names that are nearly right.
#include <QtTest/QtTest>

#include "core/data/column_index.h"
#include "core/data/schema.h"
#include "core/data/type.h"

using namespace rw;

class TestType : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void spellings_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const std::pair<const char*, const char*> cases[] = {
            {"BOOLEAN", "BOOLEAN"},
            {"bool", "BOOLEAN"},
            {"INT", "INT"},
            {"Integer", "INT"},
            {"BIGINT", "BIGINT"},
            {"long", "BIGINT"},
            {"DOUBLE", "DOUBLE"},
            {"double  precision", "DOUBLE"},
            {"FLOAT", "DOUBLE"},
            {"DECIMAL(10,2)", "DECIMAL(10,2)"},
            {" decimal ( 38 , 38 ) ", "DECIMAL(38,38)"},
            {"DECIMAL(5)", "DECIMAL(5,0)"},
            {"DECIMAL", "DECIMAL(10,0)"},
            {"NUMERIC(4, 1)", "DECIMAL(4,1)"},
            {"STRING", "STRING"},
            {"VARCHAR(20)", "STRING"},
            {"VARCHAR", "STRING"},
            {"text", "STRING"},
            {"BYTES", "BYTES"},
            {"bytes", "BYTES"},
            {"VARBINARY", "BYTES"},
            {"varbinary(20)", "BYTES"},
            {"BINARY(4)", "BYTES"},
            {"DATE", "DATE"},
            {"TIMESTAMP", "TIMESTAMP(3)"},
            {"TIMESTAMP(3)", "TIMESTAMP(3)"},
            {"timestamp (6)", "TIMESTAMP(3)"},
        };
        for (const auto& [text, canonical] : cases) QTest::newRow(text) << text << canonical;
    }
    void spellings() {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const Result<Type> type = parseType(text.toStdString());
        QVERIFY2(type.ok(), qPrintable(text));
        QCOMPARE(QString::fromStdString(toString(*type)), canonical);
        QCOMPARE(toString(*parseType(toString(*type))), canonical.toStdString());
    }
    void refused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "INTT", "INT(4)", "DECIMAL(39,0)", "DECIMAL(0)", "DECIMAL(4,5)", "DECIMAL(4,-1)",
              "DECIMAL(4,1", "DECIMAL(4,1,1)", "DECIMAL()", "DECIMAL(a)", "TIMESTAMP(10)",
              "TIMESTAMP(3) WITH ZONE", "DATE(3)", "BYTES(3)", "BLOB", "DECIMAL(99999999999)"}) {
            QTest::newRow(text) << text;
        }
    }
    void refused() {
        QFETCH(QString, text);
        const Result<Type> type = parseType(text.toStdString());
        QVERIFY(!type.ok());
        QVERIFY(!type.error().fix.empty());
        const QString said = QString::fromStdString(english(type.error()));
        QVERIFY2(said.contains("“" + text + "”"), qPrintable(said));
    }
    void nearest() {
        const Schema schema{{{"price", Type::of(TypeId::Double)},
                             {"auction", Type::of(TypeId::Bigint)},
                             {"ts", Type::of(TypeId::Timestamp)}}};
        QCOMPARE(nearestName("prise", schema), std::string("price"));
        QCOMPARE(nearestName("PRICE", schema), std::string("price"));
        QCOMPARE(nearestName("auctoin", schema), std::string("auction"));
        QCOMPARE(nearestName("t", schema), std::string("ts"));
        QCOMPARE(nearestName("id", schema), std::string());
        QCOMPARE(nearestName("", schema), std::string());
        QCOMPARE(nearestName(std::string(100'000, 'x'), schema), std::string());
        QCOMPARE(schema.find("auction"), std::optional<int>(1));
        QVERIFY(!schema.find("Auction"));
    }

    void theIndexFindsTheSame() {
        const Schema schema{{{"a", Type::of(TypeId::Int)},
                             {"", Type::of(TypeId::Int)},
                             {"b", Type::of(TypeId::Int)},
                             {"a", Type::of(TypeId::Double)}}};
        const ColumnIndex index(schema), none{Schema{}};
        for (const char* name : {"a", "b", "", "A", "c"}) QCOMPARE(index.find(name), schema.find(name));
        QVERIFY(!none.find("a"));
    }
};

QTEST_APPLESS_MAIN(TestType)
#include "test_type.moc"
