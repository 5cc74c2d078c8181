// A real HDFS, a real HBase and a real Flume, where somebody has started them: app/server does not. Their
// addresses are in RILLWRIGHT_WEBHDFS (http://host:port), RILLWRIGHT_HBASE and RILLWRIGHT_FLUME; the HBase
// has a table “rw” with the family “cf”, and Flume an HTTP source.
#include <QDir>
#include <QUuid>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr int kRows = 20'000;

QByteArray connection(const char* name, const char* kind, const char* variable) {
    return QByteArray("{\"name\": \"") + name + "\", \"kind\": \"" + kind +
           "\", \"fields\": {\"address\": \"" + qgetenv(variable) + '"' +
           (qstrcmp(kind, "webhdfs") == 0 ? ", \"user\": \"rill\"" : "") + "}}";
}

QByteArray numbersNode() {
    return "{\"id\": \"src\", \"type\": \"generator\", \"params\": {\"columns\": [\"id BIGINT = i\", \"name "
           "STRING = "
           "CONCAT('n', CAST(i % 1000 AS STRING))\"], \"rate\": 0, \"rows\": " +
           QByteArray::number(kRows) + "}}";
}

}  // namespace

class TestHadoop : public QObject {
    Q_OBJECT

    /// A folder that no other test has.
    const QByteArray m_folder = "/rw-test/" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10);

    static void connectAll(const ProgramFixture& fixture) {
        QDir(fixture.path(".config")).mkpath("rillwright");
        fixture.write(".config/rillwright/connections.json",
                      "{\"connections\": [" + connection("lake", "webhdfs", "RILLWRIGHT_WEBHDFS") + ", " +
                          connection("base", "hbase", "RILLWRIGHT_HBASE") + ", " +
                          connection("agent", "http", "RILLWRIGHT_FLUME") + "]}");
        QFile(fixture.path(".config/rillwright/connections.json"))
            .setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "lake,base,agent");
    }

 private Q_SLOTS:
    void filesAreWrittenAndReadBack() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_WEBHDFS")) QSKIP("there is no HDFS");
        const ProgramFixture fixture;
        connectAll(fixture);
        const Ended tested = fixture.run({"connections", "test", "lake"});
        QVERIFY2(tested.status == 0, describe(tested).constData());
        const Ended written = fixture.runPipeline(
            numbersNode() +
                ", {\"id\": \"out\", \"type\": \"webhdfs_sink\", \"params\": {\"connection\": \"lake\", "
                "\"path\": \"" +
                m_folder + "\"}}",
            "{\"from\": \"src.out\", \"to\": \"out.in\"}");
        QVERIFY2(written.status == 0, describe(written).constData());
        const Ended read = fixture.runPipeline(
            "{\"id\": \"src\", \"type\": \"webhdfs_source\", \"params\": {\"connection\": \"lake\", "
            "\"path\": \"" +
                m_folder +
                "\", \"columns\": [\"id BIGINT\", \"name STRING\"]}}, {\"id\": \"out\", \"type\": "
                "\"csv_sink\", "
                "\"params\": {\"path\": \"out.csv\", \"header\": false}}",
            "{\"from\": \"src.out\", \"to\": \"out.in\"}");
        QVERIFY2(read.status == 0, describe(read).constData());
        const QByteArray rows = fixture.read("out.csv");
        QCOMPARE(rows.count('\n'), qsizetype{kRows});
        QVERIFY(rows.startsWith("0,n0\n1,n1\n"));
    }

    /// Twice: the second run replaces each row by itself.
    void rowsGoIntoATable() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_HBASE")) QSKIP("there is no HBase");
        const ProgramFixture fixture;
        connectAll(fixture);
        for (int run = 0; run < 2; ++run) {
            const Ended written = fixture.runPipeline(
                numbersNode() +
                    ", {\"id\": \"out\", \"type\": \"hbase_sink\", \"params\": {\"connection\": "
                    "\"base\", \"table\": \"rw\", \"row_key\": [\"id\"]}}",
                "{\"from\": \"src.out\", \"to\": \"out.in\"}");
            QVERIFY2(written.status == 0, describe(written).constData());
        }
    }

    void eventsGoToAnAgent() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_FLUME")) QSKIP("there is no Flume");
        const ProgramFixture fixture;
        connectAll(fixture);
        const Ended sent = fixture.runPipeline(
            numbersNode() +
                ", {\"id\": \"out\", \"type\": \"flume_sink\", \"params\": {\"connection\": \"agent\", "
                "\"headers\": {\"from\": \"rw\"}, \"header_columns\": [\"name\"]}}",
            "{\"from\": \"src.out\", \"to\": \"out.in\"}");
        QVERIFY2(sent.status == 0, describe(sent).constData());
    }
};

QTEST_GUILESS_MAIN(TestHadoop)
#include "test_hadoop.moc"
