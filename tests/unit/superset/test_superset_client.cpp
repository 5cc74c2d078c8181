// supersetWords(): what a Superset says of a fault, in any shape. The client itself is tried by publications.
#include "core/superset/superset_client.h"

#include <QtTest/QtTest>

using namespace rw;

class TestSupersetClient : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void faultsAreRead_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("details")
            << QByteArray(
                   "{\"errors\":[{\"message\":\"Error importing\",\"extra\":{\"databases/x.yaml\":"
                   "{\"_schema\":[\"Must provide a password\"]},\"issue_codes\":[{\"code\":1010,"
                   "\"message\":\"Issue 1010\"}]}}]}")
            << QByteArray("Must provide a password");
        QTest::newRow("no details") << QByteArray(
                                           "{\"errors\":[{\"message\":\"Fatal\",\"extra\":"
                                           "{\"issue_codes\":[]}}]}")
                                    << QByteArray("Fatal");
        QTest::newRow("a message") << QByteArray("{\"message\":\"Forbidden\"}") << QByteArray("Forbidden");
        QTest::newRow("several") << QByteArray("{\"message\":{\"a\":[\"one\"],\"b\":\"two\"}}")
                                 << QByteArray("one two");
        QTest::newRow("of a token") << QByteArray("{\"msg\":\"Token has expired\"}")
                                    << QByteArray("Token has expired");
        QTest::newRow("a page") << QByteArray("<html>500</html>") << QByteArray();
        QTest::newRow("a list") << QByteArray("[1]") << QByteArray();
        QTest::newRow("other shapes") << QByteArray("{\"errors\":[1,\"x\",{\"message\":7}]}") << QByteArray();
    }

    void faultsAreRead() {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, words);
        QCOMPARE(QByteArray::fromStdString(supersetWords(body.toStdString())), words);
    }

    void whatIsDeepOrLongEnds() {
        std::string deep;
        for (int i = 0; i < 1'000; ++i) deep += "{\"a\":";
        deep += "\"x\"" + std::string(1'000, '}');
        QCOMPARE(supersetWords("{\"message\":" + deep + "}"), std::string());
        std::string many = "{\"message\":[";
        for (int i = 0; i < 5'000; ++i) many += "\"0123456789\",";
        QVERIFY(supersetWords(many + "\"x\"]}").size() < 3'000);
    }
};

QTEST_APPLESS_MAIN(TestSupersetClient)
#include "test_superset_client.moc"
