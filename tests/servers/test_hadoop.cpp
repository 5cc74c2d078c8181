// A real HDFS, a real HBase and a real Flume, as app/server starts them: tests/run --servers says where they
// are by RILLWRIGHT_WEBHDFS, RILLWRIGHT_HBASE, RILLWRIGHT_FLUME and RILLWRIGHT_FLUME_FOLDER. CI goes without.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QThread>
#include <QUuid>
#include <QtTest/QtTest>
#include <algorithm>
#include <random>

#include "tests/servers/http_answer.h"
#include "tests/servers/kafka_fixture.h"
#include "tests/support/random_cases.h"

using rw::servers::askHttp;
using rw::servers::comes;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr int kRows = 20'000;
constexpr int kKillsOfFiles = 4;
const QByteArray kJsonOfHbase = "application/json";

QByteArray connection(const char* name, const char* kind, const char* variable) {
    return QByteArray("{\"name\": \"") + name + "\", \"kind\": \"" + kind +
           "\", \"fields\": {\"address\": \"" + qgetenv(variable) + '"' +
           (qstrcmp(kind, "webhdfs") == 0 ? ", \"user\": \"rill\"" : "") + "}}";
}

QByteArray numbersNode(int rate = 0) {
    return "{\"id\": \"src\", \"type\": \"generator\", \"params\": {\"columns\": [\"id BIGINT = i\", \"name "
           "STRING = "
           "CONCAT('n', CAST(i % 1000 AS STRING))\"], \"rate\": " +
           QByteArray::number(rate) + ", \"rows\": " + QByteArray::number(kRows) + "}}";
}

QByteArray filesSink(const QByteArray& folder, const QByteArray& more = {}) {
    return "{\"id\": \"out\", \"type\": \"webhdfs_sink\", \"params\": {\"connection\": \"lake\", \"path\": "
           "\"" +
           folder + '"' + more + "}}";
}
const QByteArray kStraight = "{\"from\": \"src.out\", \"to\": \"out.in\"}";

/// The file in which a run with this folder for its checkpoints has one.
bool hasCheckpoint(const QString& folder) {
    return !QDir(folder).entryList(QDir::Files | QDir::NoDotAndDotDot).isEmpty();
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

    /// The rows of a folder, as the program reads them: “0,n0” and so on.
    static void readBack(const ProgramFixture& fixture, const QByteArray& folder) {
        const Ended read = fixture.runPipeline(
            "{\"id\": \"src\", \"type\": \"webhdfs_source\", \"params\": {\"connection\": \"lake\", "
            "\"path\": \"" +
                folder +
                "\", \"columns\": [\"id BIGINT\", \"name STRING\"]}}, {\"id\": \"out\", \"type\": "
                "\"csv_sink\", \"params\":" +
                " {\"path\": \"out.csv\", \"header\": false}}",
            kStraight);
        QVERIFY2(read.status == 0, describe(read).constData());
        QByteArray expected;
        for (int i = 0; i < kRows; ++i)
            expected += QByteArray::number(i) + ",n" + QByteArray::number(i % 1000) + '\n';
        QVERIFY(fixture.read("out.csv") == expected);
    }

 private Q_SLOTS:
    void filesAreWrittenAndReadBack() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_WEBHDFS")) QSKIP("there is no HDFS");
        const ProgramFixture fixture;
        connectAll(fixture);
        const Ended tested = fixture.run({"connections", "test", "lake"});
        QVERIFY2(tested.status == 0, describe(tested).constData());
        // Names as they may be in HDFS.
        const QByteArray folder = m_folder + "/odd \xc3\xa4%2F+&#=;',[1]{2}(z)";
        const Ended written = fixture.runPipeline(numbersNode() + ", " + filesSink(folder), kStraight);
        QVERIFY2(written.status == 0, describe(written).constData());
        readBack(fixture, folder);
    }

    void filesOfKilledRunsHaveEveryRowOnce() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_WEBHDFS")) QSKIP("there is no HDFS");
        const ProgramFixture fixture;
        connectAll(fixture);
        const QByteArray folder = m_folder + "/killed";
        fixture.write("kills.rill", "{\"rill\": 1, \"name\": \"kills\", \"nodes\": [" + numbersNode(4'000) +
                                        ", " + filesSink(folder, ", \"roll_after\": \"0s\"") +
                                        "], \"wires\": [" + kStraight + "]}");
        const QStringList words{"run",   "kills.rill",       "--checkpoint-every",
                                "200ms", "--checkpoint-dir", "kept"};
        std::mt19937 chance{rw::test::firstSeedOf(rw::test::suites::KillsOfTables)};
        bool resumes = false;
        for (int kill = 0; kill < kKillsOfFiles; ++kill) {
            const auto run = fixture.begin(resumes ? words + QStringList{"--resume"} : words);
            // The first one is killed once it can be resumed.
            if (!resumes) QVERIFY(comes([&] { return hasCheckpoint(fixture.path("kept")); }));
            QThread::msleep(chance() % 1'000);
            run->kill();
            (void)ProgramFixture::ended(*run);
            resumes = true;
        }
        const Ended last = fixture.run(words + QStringList{"--resume"});
        QVERIFY2(last.status == 0, describe(last).constData());
        readBack(fixture, folder);
    }

    /// Twice: the second run replaces each row by itself.
    void rowsGoIntoATable() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_HBASE")) QSKIP("there is no HBase");
        const ProgramFixture fixture;
        connectAll(fixture);
        const QByteArray table = "t" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10);
        const QString at = qEnvironmentVariable("RILLWRIGHT_HBASE") + '/' + QString::fromLatin1(table);
        const int made = askHttp("PUT", at + "/schema",
                                 "{\"name\": \"" + table + "\", \"ColumnSchema\": [{\"name\": \"cf\"}]}",
                                 {{"Content-Type", kJsonOfHbase}})
                             .status;
        QCOMPARE(made, 201);
        for (int run = 0; run < 2; ++run) {
            const Ended written =
                fixture.runPipeline(numbersNode() +
                                        ", {\"id\": \"out\", \"type\": \"hbase_sink\", \"params\": "
                                        "{\"connection\": \"base\", \"table\": \"" +
                                        table + "\", \"row_key\": [\"id\"]}}",
                                    kStraight);
            QVERIFY2(written.status == 0, describe(written).constData());
        }
        const QJsonArray rows =
            askHttp("GET", at + "/*", {}, {{"Accept", kJsonOfHbase}}).json()["Row"].toArray();
        QCOMPARE(rows.size(), qsizetype{kRows});
        for (const QJsonValue& row : rows) {
            const int id = QByteArray::fromBase64(row["key"].toString().toLatin1()).toInt();
            const QJsonValue cell = row["Cell"][0];
            QCOMPARE(QByteArray::fromBase64(cell["column"].toString().toLatin1()), QByteArray("cf:name"));
            QCOMPARE(QByteArray::fromBase64(cell["$"].toString().toLatin1()),
                     'n' + QByteArray::number(id % 1000));
        }
    }

    /// What the sink trusts: a path that ends in * removes another row, and some words are no rows.
    void pathsOfRowsAreReadAsTheSinkExpects() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_HBASE")) QSKIP("there is no HBase");
        const QByteArray table = "t" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10);
        const QString at = qEnvironmentVariable("RILLWRIGHT_HBASE") + '/' + QString::fromLatin1(table);
        const auto put = [&](const QString& path, const QByteArray& body) {
            return askHttp("PUT", at + path, body, {{"Content-Type", kJsonOfHbase}}).status;
        };
        QCOMPARE(put("/schema", "{\"name\": \"" + table + "\", \"ColumnSchema\": [{\"name\": \"cf\"}]}"),
                 201);
        QByteArrayList rows;
        for (const QByteArray& key : {QByteArray("p"), QByteArray("p*"), QByteArray("a/b%,c")})
            rows << "{\"key\": \"" + key.toBase64() +
                        "\", \"Cell\": [{\"column\": \"Y2Y6Yw==\", \"timestamp\": 1, \"$\": \"eA==\"}]}";
        QCOMPARE(put("/rows", "{\"Row\": [" + rows.join(", ") + "]}"), 200);
        QCOMPARE(askHttp("DELETE", at + "/p%2A/cf/2").status, 200);
        QCOMPARE(askHttp("DELETE", at + "/a%2Fb%25%2Cc/cf/2").status, 200);
        QCOMPARE(askHttp("DELETE", at + "/schema/cf/2").status, 404);
        const QJsonArray left =
            askHttp("GET", at + "/*", {}, {{"Accept", kJsonOfHbase}}).json()["Row"].toArray();
        QCOMPARE(left.size(), qsizetype{1});
        QCOMPARE(QByteArray::fromBase64(left[0]["key"].toString().toLatin1()), QByteArray("p*"));
    }

    void eventsGoToAnAgent() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_FLUME")) QSKIP("there is no Flume");
        const ProgramFixture fixture;
        connectAll(fixture);
        const Ended tested = fixture.run({"connections", "test", "agent"});
        QVERIFY2(tested.status == 0 && (tested.out + tested.err).contains("HTTP 500"),
                 describe(tested).constData());
        const QByteArray mark = QUuid::createUuid().toByteArray(QUuid::Id128).left(10);
        const Ended sent =
            fixture.runPipeline(numbersNode() +
                                    ", {\"id\": \"out\", \"type\": \"flume_sink\", \"params\": "
                                    "{\"connection\": \"agent\", \"headers\": {\"from\": \"" +
                                    mark + "\"}, \"header_columns\": [\"name\"]}}",
                                kStraight);
        QVERIFY2(sent.status == 0, describe(sent).constData());
        // They go through its channel into files, a line “{name=n0, from=…} {"id":0,"name":"n0"}” each.
        QMap<int, int> times;
        const auto arrived = [&] {
            times.clear();
            const QDir folder(qEnvironmentVariable("RILLWRIGHT_FLUME_FOLDER"));
            for (const QFileInfo& each : folder.entryInfoList(QDir::Files)) {
                QFile file(each.filePath());
                if (!file.open(QIODevice::ReadOnly)) continue;
                for (const QByteArray& line : file.readAll().split('\n')) {
                    const qsizetype body = line.indexOf("} {");
                    if (body < 0 || !line.left(body).contains("from=" + mark)) continue;
                    const QJsonObject row = QJsonDocument::fromJson(line.mid(body + 2)).object();
                    if (line.left(body).contains("name=" + row["name"].toString().toUtf8()))
                        ++times[row["id"].toInt(-1)];
                }
            }
            return times.size() >= kRows;
        };
        QVERIFY(comes(arrived));
        QCOMPARE(times.size(), qsizetype{kRows});
        QVERIFY(std::all_of(times.begin(), times.end(), [](int count) { return count == 1; }));
    }
};

QTEST_GUILESS_MAIN(TestHadoop)
#include "test_hadoop.moc"
