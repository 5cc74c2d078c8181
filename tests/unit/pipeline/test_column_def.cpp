// Column definitions taken apart: names in quotes, types, and where JSON holds a column.
#include <QtTest/QtTest>

#include "core/pipeline/column_def.h"

using namespace rw;

class TestColumnDef : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void parts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("from");
        QTest::addColumn<bool>("broken");
        const auto row = [](const char* text, const char* name, const char* type, const char* from,
                            bool broken = false) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(name)
                                << QString::fromUtf8(type) << QString::fromUtf8(from) << broken;
        };
        row("price DOUBLE", "price", "DOUBLE", "");
        row("  `a ``b` DECIMAL(10, 2) ", "a `b", "DECIMAL(10, 2)", "");
        row("city STRING FROM '$.address.city'", "city", "STRING", "$.address.city");
        row("city STRING from  '$.a'  ", "city", "STRING", "$.a");
        row("t TIMESTAMP(3)FROM '$.t'", "t", "TIMESTAMP(3)", "$.t");
        row("c STRING FROM '$[''a = b'']'", "c", "STRING", "$['a = b']");
        row("from STRING FROM '$.from'", "from", "STRING", "$.from");
        row("f STRING FROM 'KEY'", "f", "STRING", "KEY");
        // A path without quotes is there, but empty.
        row("c STRING FROM $.a", "c", "STRING", "", true);
        row("c STRING FROM '$.a", "c", "STRING", "", true);
        row("c STRING FROM ''", "c", "STRING", "", true);
        row("c STRING FROM '$.a' x", "c", "STRING", "", true);
        row("c XFROM '$.a'", "c", "XFROM '$.a'", "");
        row("c FROM '$.a'", "c", "FROM '$.a'", "");
        // An expression is none of it.
        row("c STRING = ' FROM ''x'''", "c", "STRING = ' FROM ''x'''", "");
    }
    void parts() {
        QFETCH(QString, text);
        const std::string written = text.toStdString();
        const auto def = splitColumnDef(written);
        QVERIFY(def.has_value());
        QTEST(QString::fromStdString(def->name), "name");
        QTEST(QString::fromUtf8(def->type.data(), static_cast<qsizetype>(def->type.size())), "type");
        QFETCH(bool, broken);
        QTEST(QString::fromStdString(def->path.value_or("")), "from");
        QCOMPARE(def->path.has_value() && def->path->empty(), broken);
        QCOMPARE(written.substr(def->typeAt, def->type.size()), std::string(def->type));
        if (def->path && !broken) QCOMPARE(written[def->pathAt], '\'');
    }

    void partsOfMessages_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("behind");
        const auto row = [](const char* text, const char* part, const char* behind) {
            QTest::newRow(text) << text << part << behind;
        };
        // “–”: nothing follows; an empty text: what follows is no text in quotes.
        row("k STRING FROM KEY", "KEY", "–");
        row("k STRING from  key ", "KEY", "–");
        row("k INT FROM KEY '$.id'", "KEY", "$.id");
        row("k INT FROM KEY'$.id'", "KEY", "$.id");
        row("t STRING FROM HEADER 'trace'", "HEADER", "trace");
        row("t STRING FROM Header 'it''s'", "HEADER", "it's");
        row("t STRING FROM HEADER", "HEADER", "–");
        row("t STRING FROM HEADER trace", "HEADER", "");
        row("t TIMESTAMP(3)FROM TIMESTAMP", "TIMESTAMP", "–");
        row("p INT FROM PARTITION", "PARTITION", "–");
        row("o BIGINT FROM OFFSET", "OFFSET", "–");
        row("t STRING FROM TOPIC", "TOPIC", "–");
        row("t STRING FROM KEYS", "", "");
        row("t STRING FROM KEY2", "", "");
        row("t STRING FROM VALUE", "", "");
    }
    void partsOfMessages() {
        QFETCH(QString, text);
        const std::string written = text.toStdString();
        const auto def = splitColumnDef(written);
        QVERIFY(def.has_value() && def->from());
        QTEST(QString::fromStdString(def->part), "part");
        QTEST(QString::fromStdString(def->path.value_or("–")), "behind");
        QVERIFY(def->type == "STRING" || def->type == "INT" || def->type == "BIGINT" ||
                def->type == "TIMESTAMP(3)");
    }

    void declaredColumnsLeaveThePathOut() {
        const Schema schema =
            declaredColumns({{"columns", {"a STRING FROM '$.a'", "b INT", "c DOUBLE = 1", "d NONE"}}});
        QCOMPARE(schema.size(), std::size_t{3});
        QVERIFY(schema.fields[0] == (Field{"a", Type::of(TypeId::String)}));
    }
};

QTEST_APPLESS_MAIN(TestColumnDef)
#include "test_column_def.moc"
