// publish: what is published and what is not, the bundle as a file, a look before, and a Superset that is
// played.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <mutex>

#include "tests/cli/program_fixture.h"
#include "tests/cli/small_server.h"

using rw::testing::deadAddress;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;
using rw::testing::SmallServer;

namespace {

/// Rows in a table, drawn as a table; and a chart of rows that no table has.
QByteArray numbers(const QByteArray& sink) {
    return "{ \"rill\": 1, \"name\": \"Numbers\", \"nodes\": ["
           "{ \"id\": \"made\", \"type\": \"generator\", \"params\": { \"rows\": 5, \"columns\": [\"n BIGINT "
           "= i\"] } },"
           "{ \"id\": \"big\", \"type\": \"filter\", \"params\": { \"condition\": \"n > 2\" } }," +
           sink +
           ", { \"id\": \"shown\", \"type\": \"table_view\", \"title\": \"All of them\", \"params\": {} },"
           "{ \"id\": \"few\", \"type\": \"table_view\", \"title\": \"Big ones\", \"params\": {} } ],"
           "\"wires\": [{ \"from\": \"made\", \"to\": \"out\" }, { \"from\": \"made\", \"to\": \"shown\" },"
           "{ \"from\": \"made\", \"to\": \"big\" }, { \"from\": \"big\", \"to\": \"few\" }] }";
}

const QByteArray kSqlite =
    "{ \"id\": \"out\", \"type\": \"sqlite_sink\", \"params\": { \"database\": \"n.sqlite\", \"table\": "
    "\"n\" } }";
const QByteArray kPostgresql =
    "{ \"id\": \"out\", \"type\": \"sql_sink\", \"params\": { \"connection\": \"pg\", \"table\": \"n\" } }";

/// A Superset that keeps what the test says it should have after an import.
class PlayedSuperset {
 public:
    PlayedSuperset() : m_server([this](const QByteArray& line) { return reply(line); }) {}

    QString address() const { return m_server.address(); }
    int imports() const {
        const std::lock_guard hold(m_mutex);
        return m_imports;
    }
    void expect(const QJsonArray& objects) {
        const std::lock_guard hold(m_mutex);
        m_objects = objects;
    }

 private:
    QByteArray reply(const QByteArray& line) {
        const std::lock_guard hold(m_mutex);
        if (line.startsWith("POST /api/v1/security/login")) return "{\"access_token\":\"t\"}";
        if (line.startsWith("GET /api/v1/security/csrf_token/")) return "{\"result\":\"c\"}";
        if (line.startsWith("POST /api/v1/assets/import/")) ++m_imports;
        if (!line.contains("?q=")) return "{\"result\":[]}";
        QJsonArray rows;
        for (qsizetype i = 0; m_imports > 0 && i < m_objects.size(); ++i) {
            const QJsonObject object = m_objects[i].toObject();
            if (line.contains("/v1/" + object["kind"].toString().toUtf8() + "/"))
                rows.append(QJsonObject{{"id", static_cast<int>(i) + 1}, {"uuid", object["uuid"]}});
        }
        return QJsonDocument(QJsonObject{{"count", rows.size()}, {"result", rows}}).toJson();
    }

    mutable std::mutex m_mutex{};
    QJsonArray m_objects{};
    int m_imports = 0;
    SmallServer m_server;
};

/// The connection “bi”.
void addSuperset(const ProgramFixture& fixture, const QString& address) {
    const Ended added = fixture.run({"connections", "add", "bi", "superset", "--field", "address=" + address,
                                     "--field", "user=admin", "--environment", "password=RILL_TEST_BI"});
    QVERIFY2(added.status == 0, describe(added).constData());
}

QStringList published(const QStringList& words) {
    return QStringList{"publish", "n.rill"} + words;
}

QJsonObject jsonOf(const Ended& ended) {
    return QJsonDocument::fromJson(ended.out).object();
}

}  // namespace

class TestPublish : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        qputenv("RILL_TEST_BI", "let me in");
        qputenv("RILL_TEST_PG", "marker-of-the-database");
    }

    void aBundleIsWritten() {
        const ProgramFixture fixture;
        fixture.write("n.rill", numbers(kSqlite));
        const Ended ended = fixture.run(published({"-o", "n.zip"}));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArray zip = fixture.read("n.zip");
        QVERIFY(zip.startsWith("PK") && zip.contains("rillwright/metadata.yaml"));
        QVERIFY(zip.contains("sqlite:///" + fixture.path("n.sqlite").toUtf8()));
        QVERIFY2(ended.err.contains("“All of them”: exact"), ended.err.constData());
        QVERIFY2(ended.err.contains("“Big ones”: not published. No table stores the rows that it draws"),
                 ended.err.constData());
        QVERIFY2(ended.err.contains("PREVENT_UNSAFE_DB_CONNECTIONS"), ended.err.constData());
        // The same again, over the old one.
        QCOMPARE(fixture.run(published({"-o", "n.zip"})).status, 0);
    }

    void otherFilesAreLeftAlone() {
        const ProgramFixture fixture;
        fixture.write("n.rill", numbers(kSqlite));
        fixture.write("mine.zip", "PK, but mine");
        const Ended ended = fixture.run(published({"-o", "mine.zip"}));
        QVERIFY2(ended.status == 2, describe(ended).constData());
        QCOMPARE(fixture.read("mine.zip"), QByteArray("PK, but mine"));
        QCOMPARE(fixture.run(published({"-o", "n.sqlite"})).status, 2);
        QCOMPARE(fixture.run(published({"-o", "n.rill"})).status, 2);
        QCOMPARE(fixture.run(published({})).status, 2);
        QVERIFY(fixture.run(published({"--dry-run", "-o", "x.zip"})).status != 0);
    }

    void whatCantBePublishedIsRefused() {
        const ProgramFixture fixture;
        fixture.write(
            "n.rill",
            numbers("{ \"id\": \"out\", \"type\": \"csv_sink\", \"params\": { \"path\": \"n.csv\" } }"));
        const Ended ended = fixture.run(published({"-o", "n.zip", "--json"}));
        QVERIFY2(ended.status == 2 && ended.err.contains("None of the charts can be published"),
                 describe(ended).constData());
        QCOMPARE(jsonOf(ended)["charts"].toArray().size(), 2);
        QVERIFY(!jsonOf(ended)["error"].toObject()["mend"].toString().isEmpty());
        QVERIFY(fixture.read("n.zip").isEmpty());
    }

    void aLookThenThePublication() {
        const ProgramFixture fixture;
        PlayedSuperset superset;
        fixture.write("n.rill", numbers(kSqlite));
        addSuperset(fixture, superset.address());
        const Ended looked = fixture.run(published({"--to", "bi", "--dry-run", "--json"}));
        QVERIFY2(looked.status == 0, describe(looked).constData());
        QCOMPARE(superset.imports(), 0);
        const QJsonObject before = jsonOf(looked);
        QCOMPARE(before["adds"].toArray().size(), 4);
        QVERIFY(before["replaces"].toArray().isEmpty() && !before["published"].toBool());
        QCOMPARE(before["charts"].toArray()[0].toObject()["likeness"].toString(), QStringLiteral("exact"));
        QCOMPARE(before["charts"].toArray()[1].toObject()["likeness"].toString(), QStringLiteral("none"));
        superset.expect(before["adds"].toArray());
        const Ended first = fixture.run(published({"--to", "bi"}));
        QVERIFY2(first.status == 0, describe(first).constData());
        QCOMPARE(superset.imports(), 1);
        QVERIFY2(first.err.contains("published: " + superset.address().toUtf8() + "/superset/dashboard/"),
                 first.err.constData());
        // The same names: a second publication replaces the first, and says so before.
        const Ended second = fixture.run(published({"--to", "bi", "--json"}));
        QVERIFY2(second.status == 0, describe(second).constData());
        QCOMPARE(jsonOf(second)["replaces"].toArray().size(), 4);
        QVERIFY(jsonOf(second)["published"].toBool() && jsonOf(second)["adds"].toArray().isEmpty());
        QVERIFY2(
            second.err.indexOf("replaces the dashboard “Numbers”") < second.err.indexOf("Sending the bundle"),
            second.err.constData());
    }

    void failuresAreSaid() {
        const ProgramFixture fixture;
        fixture.write("n.rill", numbers(kSqlite));
        const Ended unknown = fixture.run(published({"--to", "bi"}));
        QVERIFY2(unknown.status == 2 && unknown.err.contains("“bi”"), describe(unknown).constData());
        addSuperset(fixture, deadAddress());
        const Ended dead = fixture.run(published({"--to", "bi", "--json"}));
        QVERIFY2(dead.status == 1 && dead.err.contains("Nothing answers"), describe(dead).constData());
        QVERIFY(jsonOf(dead)["error"].toObject()["message"].toString().contains(
            QStringLiteral("Nothing answers")));
        const SmallServer page(QByteArray("<html>Welcome</html>"));
        QCOMPARE(fixture.run({"connections", "remove", "bi"}).status, 0);
        addSuperset(fixture, page.address());
        QCOMPARE(fixture.run(published({"--to", "bi"})).status, 1);
    }

    /// A pipeline of a stranger must not send this user's password to a Superset.
    void aStrangersPipelineMustBeAllowedItsConnections() {
        const ProgramFixture fixture;
        fixture.write("n.rill", numbers(kPostgresql));
        const Ended added =
            fixture.run({"connections", "add", "pg", "postgresql", "--field", "address=db.example", "--field",
                         "database=shop", "--field", "user=rill", "--environment", "password=RILL_TEST_PG"});
        QVERIFY2(added.status == 0, describe(added).constData());
        const Ended refused = fixture.run(published({"-o", "n.zip"}));
        QVERIFY2(refused.status == 2 && refused.err.contains("--allow-connections pg"),
                 describe(refused).constData());
        QVERIFY(fixture.read("n.zip").isEmpty());
        const Ended allowed = fixture.run(published({"-o", "n.zip", "--allow-connections", "pg"}));
        QVERIFY2(allowed.status == 0, describe(allowed).constData());
        const QByteArray zip = fixture.read("n.zip");
        QVERIFY(zip.contains("postgresql+psycopg2://rill:XXXXXXXXXX@db.example:5432/shop"));
        QVERIFY(!zip.contains("marker-of-the-database"));
    }

    void severalRemarksAreSentences() {
        const ProgramFixture fixture;
        QByteArray pipeline = numbers(kPostgresql);
        const QByteArray plain = "\"All of them\", \"params\": {}";
        QVERIFY(pipeline.contains(plain));
        fixture.write("n.rill",
                      pipeline.replace(plain, "\"All of them\", \"params\": {\"order\": [\"n DESC\"]}"));
        const Ended added =
            fixture.run({"connections", "add", "pg", "postgresql", "--field", "address=db.example", "--field",
                         "database=shop", "--field", "user=rill", "--environment", "password=RILL_TEST_PG"});
        QVERIFY2(added.status == 0, describe(added).constData());
        const Ended ended = fixture.run(published({"-o", "n.zip", "--allow-connections", "pg"}));
        QVERIFY2(
            ended.err.contains("“All of them”: approximate. Where the sorted column is NULL, PostgreSQL puts "
                               "the row at the other end. Which rows came last"),
            ended.err.constData());
        QVERIFY2(!ended.err.contains(".."), ended.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestPublish)
#include "test_publish.moc"
