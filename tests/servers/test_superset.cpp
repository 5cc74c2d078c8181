// A real Superset: what the program publishes from SQLite and from PostgreSQL shows there what the store has,
// a second publication doubles nothing, and who is not let in changes nothing.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QUuid>
#include <QtTest/QtTest>

#include "tests/servers/http_answer.h"
#include "tests/servers/sql_fixture.h"

using rw::servers::askHttp;
using rw::servers::HttpAnswer;
using rw::servers::SqlFixture;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

const QByteArray kUserOfSuperset = "rill";
constexpr int kBinsOfChart = 5;

/// The same for 4.5 of one and 4.50 of another.
QString cellOf(const QVariant& value) {
    bool number = false;
    const double read = value.toString().toDouble(&number);
    return number ? QString::number(read, 'g', 15) : value.toString();
}

QByteArray chartNode(const char* id, const char* type, const QByteArray& title, const char* params) {
    return QByteArray("{\"id\": \"") + id + "\", \"type\": \"" + type + "\", \"title\": \"" + title +
           "\", \"params\": {" + params + "}}";
}

QByteArray wireOf(const char* from, const char* to) {
    return QByteArray("{\"from\": \"") + from + "\", \"to\": \"" + to + "\"}";
}

}  // namespace

class TestSuperset : public QObject {
    Q_OBJECT

    QString m_address{};
    std::map<QByteArray, QByteArray> m_token{};
    /// In the names of all that one case publishes.
    QByteArray m_word{};
    std::unique_ptr<SqlFixture> m_fixture{};
    QByteArray m_sales{}, m_sums{};
    bool m_postgresql = false;

    void connectAll() const {
        const auto superset = [this](const QByteArray& name, const QByteArray& variable) {
            return "{\"name\": \"" + name + "\", \"kind\": \"superset\", \"fields\": {\"address\": \"" +
                   m_address.toUtf8() + "\", \"user\": \"" + kUserOfSuperset +
                   "\"}, \"secrets\": {\"password\": {\"environment\": \"" + variable + "\"}}}";
        };
        m_fixture->write(
            ".config/rillwright/connections.json",
            "{\"connections\": [{\"name\": \"db\", \"kind\": \"postgresql\", \"fields\": {\"address\": \"" +
                qgetenv("RILLWRIGHT_POSTGRESQL") +
                "\", \"database\": \"rill\", \"user\": \"rill\", \"tls\": \"off\"}}, " +
                superset("there", "RILL_TEST_RIGHT") + ", " + superset("shut", "RILL_TEST_WRONG") + "]}");
        QFile(m_fixture->path(".config/rillwright/connections.json"))
            .setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }

    QByteArray sinkNode(const char* id, const QByteArray& table) const {
        return QByteArray("{\"id\": \"") + id + "\", \"type\": \"" +
               (m_postgresql ? "sql_sink\", \"params\": {\"connection\": \"db\""
                             : "sqlite_sink\", \"params\": {\"database\": \"store.sqlite\"") +
               ", \"table\": \"" + table + "\"}}";
    }

    /// shop.rill: rows and their windows into two tables, each drawn by charts of all kinds that are
    /// published.
    void writePipeline(int rows = 120) const {
        const QByteArray source =
            "{\"id\": \"src\", \"type\": \"generator\", \"params\": {\"columns\": [\"shop STRING = CASE WHEN "
            "i % "
            "3 = 0 THEN 'a' WHEN i % 3 = 1 THEN 'b' ELSE '\xc3\xbc''{' END\", \"amount DECIMAL(10,2) = "
            "CAST(i AS "
            "DECIMAL(10,2)) / 4\", \"n BIGINT = i\", \"ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, CAST(i AS "
            "INT), "
            "TIMESTAMP '2024-03-01 12:00:00.123')\"], \"event_time\": \"ts\", \"rows\": " +
            QByteArray::number(rows) + "}}";
        const QByteArray windows =
            "{\"id\": \"win\", \"type\": \"window_aggregate\", \"params\": {\"window\": \"tumble\", "
            "\"size\": "
            "\"10s\", \"keys\": [\"shop\"], \"aggregates\": [\"COUNT(*) AS orders\", \"SUM(amount) AS "
            "total\"]}}";
        const auto titled = [this](const char* title) { return title + (' ' + m_word); };
        const QByteArrayList nodes{
            source,
            windows,
            sinkNode("raw", m_sales),
            sinkNode("sums", m_sums),
            chartNode("line", "line_chart", titled("line"),
                      "\"y\": [\"total\"], \"series\": \"shop\", \"span\": \"0s\""),
            chartNode("bar", "bar_chart", titled("bar"), "\"category\": \"shop\", \"value\": \"total\""),
            chartNode("pie", "pie_chart", titled("pie"), "\"category\": \"shop\", \"value\": \"orders\""),
            chartNode("number", "number_card", titled("number"),
                      "\"value\": \"amount\", \"aggregate\": \"sum\""),
            chartNode("gauge", "gauge", titled("gauge"), "\"value\": \"n\""),
            chartNode("bins", "histogram", titled("bins"), "\"value\": \"amount\", \"bins\": 5"),
            chartNode("rows", "table_view", titled("rows"), "")};
        const QByteArrayList wires{wireOf("src", "win"),  wireOf("src", "raw"),    wireOf("win", "sums"),
                                   wireOf("win", "line"), wireOf("win", "bar"),    wireOf("win", "pie"),
                                   wireOf("src", "bins"), wireOf("src", "number"), wireOf("src", "gauge"),
                                   wireOf("src", "rows")};
        QByteArrayList cards;
        for (const char* const id : {"line", "bar", "pie", "number", "gauge", "bins", "rows"})
            cards << QByteArray("{\"node\": \"") + id + "\", \"at\": [0, " +
                         QByteArray::number(4 * cards.size()) + "], \"size\": [6, 4]}";
        m_fixture->write("shop.rill", "{\"rill\": 1, \"name\": \"Shop " + m_word + "\", \"nodes\": [" +
                                          nodes.join(",\n") + "], \"wires\": [" + wires.join(", ") +
                                          "], \"dashboard\": {\"cards\": [" + cards.join(", ") + "]}}");
    }

    /// Rows of the store, their cells with | between, sorted.
    QStringList stored(const QString& query) const {
        QStringList lines;
        if (m_postgresql) {
            const QString said = QString::fromUtf8(m_fixture->ask(query.toUtf8()));
            for (const QString& line : said.split(u'\n', Qt::SkipEmptyParts)) {
                QStringList cells;
                for (const QString& cell : line.split(u'\t')) cells << cellOf(cell);
                lines << cells.join(u'|');
            }
        } else {
            QSqlDatabase database = QSqlDatabase::addDatabase("QSQLITE", "store");
            database.setDatabaseName(m_fixture->path("store.sqlite"));
            if (database.open()) {
                QSqlQuery answer(query, database);
                while (answer.next()) {
                    QStringList cells;
                    for (int i = 0; answer.value(i).isValid(); ++i) cells << cellOf(answer.value(i));
                    lines << cells.join(u'|');
                }
            }
            database = {};
            QSqlDatabase::removeDatabase("store");
        }
        lines.sort();
        return lines;
    }

    QJsonObject fromSuperset(const QString& path) const {
        return askHttp("GET", m_address + path, {}, m_token).json();
    }
    /// The objects of a kind whose names have this case's word in them.
    QJsonArray objects(const QString& kind, const QString& column) const {
        return fromSuperset(
                   QStringLiteral("/api/v1/%1/?q=(filters:!((col:%2,opr:ct,value:'%3')),page_size:100)")
                       .arg(kind, column, QString::fromLatin1(m_word)))
            .value("result")
            .toArray();
    }
    qsizetype objectsOfAllKinds() const {
        return objects("chart", "slice_name").size() + objects("dataset", "table_name").size() +
               objects("dashboard", "dashboard_title").size();
    }
    /// The rows that a chart shows there, by these columns.
    QStringList shown(const QByteArray& title, const QStringList& columns) const {
        QStringList lines;
        for (const QJsonValue& chart : objects("chart", "slice_name")) {
            if (chart["slice_name"].toString().toUtf8() != title + ' ' + m_word) continue;
            const QJsonObject answer =
                fromSuperset(QStringLiteral("/api/v1/chart/%1/data/").arg(chart["id"].toInt()));
            for (const QJsonValue& row : answer["result"][0]["data"].toArray()) {
                QStringList cells;
                for (const QString& column : columns) cells << cellOf(row[column].toVariant());
                lines << cells.join(u'|');
            }
        }
        lines.sort();
        return lines;
    }

    void everyChartShowsTheStore() const {
        const QString sales = QString::fromUtf8(m_sales), sums = QString::fromUtf8(m_sums);
        const QString newest =
            QStringLiteral(" FROM %1 WHERE window_start = (SELECT MAX(window_start) FROM %1)");
        const QString instant =
            m_postgresql ? QStringLiteral("ROUND(EXTRACT(EPOCH FROM window_start) * 1000)")
                         : QStringLiteral("ROUND((julianday(window_start) - 2440587.5) * 86400000)");
        const QStringList line = shown("line", {"window_start", "shop", "total"});
        QVERIFY(line.size() >= 36);  // 12 windows of 3 shops
        QCOMPARE(line, stored(QStringLiteral("SELECT %1, shop, total FROM %2").arg(instant, sums)));
        QCOMPARE(shown("bar", {"shop", "total"}),
                 stored("SELECT shop, SUM(total)" + newest.arg(sums) + " GROUP BY shop"));
        QCOMPARE(shown("pie", {"shop", "orders"}),
                 stored("SELECT shop, SUM(orders)" + newest.arg(sums) + " GROUP BY shop"));
        QCOMPARE(shown("number", {"amount"}), stored("SELECT SUM(amount) FROM " + sales));
        QCOMPARE(shown("gauge", {"n"}), stored("SELECT MAX(n) FROM " + sales));
        QCOMPARE(shown("rows", {"shop", "amount", "n"}), stored("SELECT shop, amount, n FROM " + sales));
        const QStringList bins = shown("bins", {"count"});
        QCOMPARE(bins.size(), qsizetype{kBinsOfChart});
        int counted = 0;
        for (const QString& bin : bins) counted += bin.toInt();
        QCOMPARE(QStringList{QString::number(counted)}, stored("SELECT COUNT(*) FROM " + sales));
    }

    Ended publish(const QStringList& words) const {
        return m_fixture->run(QStringList{"publish", "shop.rill", "--allow-connections", "db"} + words);
    }

 private Q_SLOTS:
    void initTestCase() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_SUPERSET")) QSKIP("there is no Superset");
        m_address = qEnvironmentVariable("RILLWRIGHT_SUPERSET");
        QFile file(qEnvironmentVariable("RILLWRIGHT_SUPERSET_PASSWORD_FILE"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray password = file.readAll().trimmed();
        qputenv("RILL_TEST_RIGHT", password);
        qputenv("RILL_TEST_WRONG", "sesame");
        const QJsonObject user{{"username", QString::fromLatin1(kUserOfSuperset)},
                               {"password", QString::fromUtf8(password)},
                               {"provider", "db"}};
        const HttpAnswer answer =
            askHttp("POST", m_address + "/api/v1/security/login", QJsonDocument(user).toJson(),
                    {{"Content-Type", "application/json"}});
        QCOMPARE(answer.status, 200);
        m_token = {{"Authorization", "Bearer " + answer.json()["access_token"].toString().toUtf8()}};
    }

    void init() {
        m_word = QUuid::createUuid().toByteArray(QUuid::Id128).left(10);
        m_fixture = std::make_unique<SqlFixture>();
        m_postgresql = false;
        m_sales = "sales";
        m_sums = "sums";
        connectAll();
    }

    void chartsShowWhatTheStoreHas_data() {
        QTest::addColumn<bool>("postgresql");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgresql") << true;
    }
    void chartsShowWhatTheStoreHas() {
        QFETCH(const bool, postgresql);
        if (postgresql) {
            m_postgresql = true;
            m_sales = m_fixture->table("sales");
            m_sums = m_fixture->table("sums");
        }
        writePipeline();
        Ended ran = m_fixture->runIt("shop");
        QVERIFY2(ran.status == 0, describe(ran).constData());

        const Ended looked = publish({"--to", "there", "--dry-run"});
        QVERIFY2(looked.status == 0, describe(looked).constData());
        QVERIFY2(looked.err.contains("adds the dashboard \xe2\x80\x9cShop " + m_word),
                 describe(looked).constData());
        QCOMPARE(objectsOfAllKinds(), qsizetype{0});

        const Ended first = publish({"--to", "there"});
        QVERIFY2(first.status == 0, describe(first).constData());
        QVERIFY2(!first.err.contains("can't read the data"), describe(first).constData());
        QCOMPARE(objectsOfAllKinds(), qsizetype{7 + 7 + 1});
        everyChartShowsTheStore();
        if (QTest::currentTestFailed()) return;

        // Rows that come later are shown without another publication.
        const QStringList before = shown("number", {"amount"});
        writePipeline(240);
        ran = m_fixture->runIt("shop");
        QVERIFY2(ran.status == 0, describe(ran).constData());
        QVERIFY(shown("number", {"amount"}) != before);
        QCOMPARE(shown("number", {"amount"}),
                 stored("SELECT SUM(amount) FROM " + QString::fromUtf8(m_sales)));

        const Ended second = publish({"--to", "there"});
        QVERIFY2(second.status == 0, describe(second).constData());
        QVERIFY2(second.err.contains("replaces the dashboard") && !second.err.contains("adds the"),
                 describe(second).constData());
        QCOMPARE(objectsOfAllKinds(), qsizetype{7 + 7 + 1});
    }

    void aWrongPasswordChangesNothing() {
        writePipeline();
        const Ended refused = publish({"--to", "shut"});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("does not let"), describe(refused).constData());
        QVERIFY2(!refused.err.contains("sesame"), describe(refused).constData());
        QCOMPARE(objectsOfAllKinds(), qsizetype{0});
        const Ended tested = m_fixture->run({"connections", "test", "shut"});
        QCOMPARE(tested.status, 1);
    }
};

QTEST_GUILESS_MAIN(TestSuperset)
#include "test_superset.moc"
