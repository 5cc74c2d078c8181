// The list of connections from the command line: add, list, test, export, import and remove, and what is
// refused.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/small_server.h"

using rw::testing::deadAddress;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;
using rw::testing::SmallServer;

namespace {

const QString kListFile = QStringLiteral(".config/rillwright/connections.json");

QStringList adding(const QString& name, const QString& kind, const QStringList& more) {
    return QStringList{"connections", "add", name, kind} + more;
}

/// A Kafka of that name, whose password lies in a variable.
Ended addShop(const ProgramFixture& fixture, const QString& name = "shop",
              const QString& address = "broker:9093") {
    return fixture.run(adding(name, "kafka",
                              {"--field", "address=" + address, "--field", "security=sasl_ssl", "--field",
                               "user=rill", "--environment", "password=SHOP_PASSWORD"}));
}

QJsonArray listed(const ProgramFixture& fixture) {
    return QJsonDocument::fromJson(fixture.run({"connections", "--json"}).out).array();
}

}  // namespace

class TestConnections : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void thereAreNoneAtFirst() {
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"connections"});
        QVERIFY2(ended.status == 0 && ended.out.isEmpty() && ended.err.contains("connections.json"),
                 describe(ended).constData());
        QCOMPARE(fixture.run({"connections", "--json"}).out.trimmed(), QByteArray("[]"));
    }

    void oneIsAddedListedAndRemoved() {
        const ProgramFixture fixture;
        const Ended added = addShop(fixture);
        QVERIFY2(added.status == 0, describe(added).constData());
        const QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(fixture.path(kListFile)) & others));
        const QJsonArray all = listed(fixture);
        QCOMPARE(all.size(), 1);
        const QJsonObject shop = all.first().toObject();
        QCOMPARE(shop["address"].toString(), QStringLiteral("broker:9093"));
        QCOMPARE(shop["secrets"].toObject()["password"].toObject()["environment"].toString(),
                 QStringLiteral("SHOP_PASSWORD"));
        QVERIFY(shop["problem"].isNull());
        const Ended table = fixture.run({"connections"});
        QVERIFY2(table.out.startsWith("NAME ") && table.out.contains("password in $SHOP_PASSWORD"),
                 describe(table).constData());
        const Ended twice = addShop(fixture);
        QVERIFY2(twice.status == 2 && twice.err.contains("shop"), describe(twice).constData());
        QCOMPARE(fixture.run({"connections", "remove", "shop"}).status, 0);
        QVERIFY(listed(fixture).isEmpty());
        const Ended gone = fixture.run({"connections", "remove", "shop"});
        QVERIFY2(gone.status == 2 && gone.err.contains("There is no connection “shop”"),
                 describe(gone).constData());
    }

    void whatIsWrongIsRefusedWithItsField_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no address") << adding("a", "kafka", {}) << QByteArray("address: ");
        QTest::newRow("no such field")
            << adding("a", "kafka", {"--field", "adress=b:1"}) << QByteArray("address");
        QTest::newRow("secret as a field")
            << adding("a", "http", {"--field", "token=hunter2"}) << QByteArray("has no field “token”");
        QTest::newRow("password in the address")
            << adding("a", "http", {"--field", "address=https://me:hunter2@host"}) << QByteArray("address: ");
        QTest::newRow("no file") << adding("a", "http",
                                           {"--field", "address=https://host", "--field",
                                            "ca_file=/nowhere.pem"})
                                 << QByteArray("ca_file: ");
        QTest::newRow("name") << adding("a,b", "http", {"--field", "address=https://host"})
                              << QByteArray("name: ");
        QTest::newRow("kind") << adding("a", "pigeon", {}) << QByteArray("pigeon");
        QTest::newRow("no name") << QStringList{"connections", "remove", ""} << QByteArray("empty");
    }
    void whatIsWrongIsRefusedWithItsField() {
        QFETCH(const QStringList, words);
        QFETCH(const QByteArray, said);
        const ProgramFixture fixture;
        const Ended ended = fixture.run(words);
        QVERIFY2(ended.status == 2 && ended.err.contains(said), describe(ended).constData());
        QVERIFY2(!ended.err.contains("hunter2"), describe(ended).constData());
        QVERIFY(!QFile::exists(fixture.path(kListFile)));
    }

    void aListThatCantBeReadStays() {
        const ProgramFixture fixture;
        QDir(fixture.path(".config")).mkpath("rillwright");
        fixture.write(kListFile, "{\"connections\": [");
        const Ended ended = addShop(fixture);
        QVERIFY2(ended.status == 2 && ended.err.contains("connections.json"), describe(ended).constData());
        QCOMPARE(fixture.read(kListFile), QByteArray("{\"connections\": ["));
    }

    void testsGoStepByStep() {
        const ProgramFixture fixture;
        const SmallServer server;
        QCOMPARE(fixture.run(adding("here", "http", {"--field", "address=" + server.address()})).status, 0);
        QCOMPARE(fixture.run(adding("away", "http", {"--field", "address=" + deadAddress()})).status, 0);
        const Ended here = fixture.run({"connections", "test", "here", "--json"});
        QVERIFY2(here.status == 0, describe(here).constData());
        const QJsonObject report = QJsonDocument::fromJson(here.out).object();
        QVERIFY(report["answers"].toBool() && report["latency_ms"].isDouble());
        QCOMPARE(report["steps"].toArray().last().toObject()["outcome"].toString(), QStringLiteral("done"));
        QVERIFY(server.requests() > 0);
        const Ended away = fixture.run({"connections", "test", "away"});
        QVERIFY2(away.status == 1 && away.err.contains("Nothing answers at") && away.out.startsWith("STEP"),
                 describe(away).constData());
        const Ended none = fixture.run({"connections", "test", "nowhere"});
        QVERIFY2(none.status == 2 && none.err.contains("“away”") && none.out.isEmpty(),
                 describe(none).constData());
    }

    void aNewNameKeepsAllElse() {
        const ProgramFixture fixture;
        QCOMPARE(addShop(fixture).status, 0);
        QCOMPARE(addShop(fixture, "spare").status, 0);
        const Ended renamed = fixture.run({"connections", "rename", "shop", "store"});
        QVERIFY2(renamed.status == 0 && renamed.err.contains("shop"), describe(renamed).constData());
        const QJsonObject store = listed(fixture).first().toObject();
        QCOMPARE(store["name"].toString(), QStringLiteral("store"));
        QCOMPARE(store["secrets"].toObject()["password"].toObject()["environment"].toString(),
                 QStringLiteral("SHOP_PASSWORD"));
        for (const QStringList& words :
             {QStringList{"shop", "other"}, QStringList{"store", "spare"}, QStringList{"store", "a,b"}}) {
            const Ended refused = fixture.run(QStringList{"connections", "rename"} + words);
            QVERIFY2(refused.status == 2 && !refused.err.isEmpty(), describe(refused).constData());
        }
        QCOMPARE(listed(fixture).size(), 2);
    }

    void aLookSaysWhatFails() {
        const ProgramFixture fixture;
        QCOMPARE(fixture.run(adding("api", "http", {"--field", "address=https://host"})).status, 0);
        const Ended kind = fixture.run({"connections", "browse", "api"});
        QVERIFY2(kind.status == 2 && kind.out.isEmpty() && kind.err.contains("HTTP"),
                 describe(kind).constData());
        const Ended unknown = fixture.run({"connections", "browse", "nowhere", "--json"});
        QVERIFY2(unknown.status == 2 && unknown.out.isEmpty(), describe(unknown).constData());
    }

    /// To another computer and back: without secrets, and nothing is overwritten unless told.
    void exportAndImport() {
        const ProgramFixture fixture, other;
        QCOMPARE(addShop(fixture).status, 0);
        QCOMPARE(addShop(fixture, "spare", "spare:9093").status, 0);
        const Ended printed = fixture.run({"connections", "export", "shop"});
        QVERIFY2(
            printed.status == 0 && !printed.out.contains("SHOP_PASSWORD") && !printed.out.contains("spare"),
            describe(printed).constData());
        QCOMPARE(fixture.run({"connections", "export", "-o", "all.json"}).status, 0);
        other.write("all.json", fixture.read("all.json"));
        QCOMPARE(addShop(other, "shop", "mine:9093").status, 0);
        const Ended some = other.run({"connections", "import", "all.json", "--json"});
        QVERIFY2(some.status == 1 && some.err.contains("--replace shop"), describe(some).constData());
        const QJsonObject done = QJsonDocument::fromJson(some.out).object();
        QCOMPARE(done["added"].toArray(), QJsonArray{"spare"});
        QCOMPARE(done["clashes"].toArray(), QJsonArray{"shop"});
        QCOMPARE(done["needs"].toObject()["spare"].toArray(), QJsonArray{"password"});
        QVERIFY(other.read(kListFile).contains("mine:9093"));
        QCOMPARE(other.run({"connections", "import", "all.json", "--replace", "shop"}).status, 0);
        QVERIFY(!other.read(kListFile).contains("mine:9093"));
        fixture.write("notes.txt", "dear diary");
        const Ended foreign = fixture.run({"connections", "export", "-o", "notes.txt"});
        QVERIFY2(foreign.status == 2, describe(foreign).constData());
        QCOMPARE(fixture.read("notes.txt"), QByteArray("dear diary"));
        QCOMPARE(fixture.run({"connections", "import", "notes.txt"}).status, 2);
        QCOMPARE(fixture.run({"connections", "import", "none.json"}).status, 2);
    }
};

QTEST_APPLESS_MAIN(TestConnections)
#include "test_connections.moc"
