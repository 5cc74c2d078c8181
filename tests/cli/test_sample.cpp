// `rillwright sample`: what a node would give, as text and as JSON, of pipelines good and bad.
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <atomic>
#include <thread>

#include "tests/cli/program_fixture.h"
#include "tests/support/worlds/loopback.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

/// A row of which cannot be read, and a broken node behind.
void writePipeline(const ProgramFixture& fixture, const QByteArray& path = "orders.csv") {
    fixture.write("orders.csv", "id,amount\n1,10\n2,n/a\n3,30\n");
    fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
      { "id": "orders", "type": "csv_source", "params": { "path": ")json" +
                                path +
                                R"json(", "columns": ["id BIGINT", "amount STRING"] } },
      { "id": "euros", "type": "select", "params": { "columns": ["id", "CAST(amount AS DOUBLE) AS eur"] } },
      { "id": "much", "type": "filter", "params": { "condition": "${least} < eur" } },
      { "id": "broken", "type": "filter", "params": { "condition": "nowhere > 1" } },
      { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
      "variables": { "least": "20" },
      "wires": [ { "from": "orders", "to": "euros" }, { "from": "euros", "to": "much" },
        { "from": "much", "to": "broken" }, { "from": "broken", "to": "out" } ] })json");
}

/// Sends a line again and again to whoever listens at a port that nobody else has.
class Lines {
 public:
    Lines() {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in at = rw::test::loopback(0);
        socklen_t size = sizeof at;
        if (::bind(socket, reinterpret_cast<sockaddr*>(&at), size) != 0 ||
            ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) != 0)
            qFatal("no port");
        m_port = ntohs(at.sin_port);
        ::close(socket);
        m_sending = std::thread([this] { send(); });
    }
    ~Lines() {
        m_over = true;
        m_sending.join();
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    int port() const { return m_port; }

 private:
    void send() const {
        while (!m_over) {
            const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
            const sockaddr_in at = rw::test::loopback(m_port);
            if (::connect(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0)
                (void)::send(socket, "{\"n\":1}\n", 8, MSG_NOSIGNAL);
            ::close(socket);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }

    int m_port = 0;
    std::atomic<bool> m_over{false};
    std::thread m_sending{};
};

}  // namespace

class TestSample : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void printsWhatBecameOfEachRow() {
        const ProgramFixture fixture;
        writePipeline(fixture);
        const Ended ended = fixture.run({"sample", "p.rill", "--node", "euros"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        for (const char* line :
             {"  1  id=1, amount=10  → out:1\n", "  3  id=3, amount=30  → out:2\n",
              "output out: 2 rows\n  1  id=1, eur=10\n", "eur     DOUBLE  0      2         10     30\n"})
            QVERIFY2(ended.out.contains(line), ended.out.constData());
        QVERIFY2(ended.out.contains("  2  id=2, amount=n/a  → rejected ("), ended.out.constData());
        const Ended less = fixture.run({"sample", "p.rill", "--node", "euros", "--rows", "1"});
        QVERIFY2(!less.out.contains("id=3") && less.out.contains("2 rows"), less.out.constData());
    }

    void takesVariables() {
        const ProgramFixture fixture;
        writePipeline(fixture);
        QVERIFY(fixture.run({"sample", "p.rill", "--node", "much"}).out.contains("output out: 1 row\n"));
        QVERIFY(fixture.run({"sample", "p.rill", "--node", "much", "--set", "least=0"})
                    .out.contains("output out: 2 rows"));
    }

    void printsItForPrograms() {
        const ProgramFixture fixture;
        writePipeline(fixture);
        const Ended ended = fixture.run({"sample", "p.rill", "--node", "euros", "--json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(all["end"].toString(), QStringLiteral("whole"));
        QCOMPARE(all["nodes"]["euros"]["rejected"].toInt(), 1);
        const QJsonArray rows = all["inputs"][0]["rows"].toArray();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[1]["fate"].toString(), QStringLiteral("rejected"));
        QVERIFY(rows[1]["reason"].toString().contains("n/a"));
        QCOMPARE(rows[2]["became"]["row"].toInt(), 1);
        QCOMPARE(all["outputs"][0]["rows"][1]["values"][1].toDouble(), 30.0);
        QCOMPARE(all["outputs"][0]["columns"][1]["bins"].toArray().size(), 16);
    }

    void errorsElsewhereDoNotMatterAndItsOwnDo() {
        const ProgramFixture fixture;
        writePipeline(fixture);
        const Ended broken = fixture.run({"sample", "p.rill", "--node", "broken"});
        QVERIFY2(broken.status == 2 && broken.err.contains("nowhere") && broken.out.contains("id=3, eur=30"),
                 describe(broken).constData());
        const Ended behind = fixture.run({"sample", "p.rill", "--node", "out"});
        QVERIFY2(behind.status == 2 && behind.err.contains("broken") && behind.out.isEmpty(),
                 describe(behind).constData());
        QVERIFY(!QFile::exists(fixture.path("out.csv")));
        for (const QStringList& words :
             {QStringList{"sample", "p.rill", "--node", "nobody"},
              QStringList{"sample", "none.rill", "--node", "much"}, QStringList{"sample", "p.rill"}}) {
            const Ended wrong = fixture.run(words);
            QVERIFY2(wrong.status == 2 && !wrong.err.isEmpty(), describe(wrong).constData());
        }
    }

    void aSourceThatIsGoneIsNoSample() {
        const ProgramFixture fixture;
        writePipeline(fixture);
        QVERIFY(QFile::remove(fixture.path("orders.csv")));
        const Ended ended = fixture.run({"sample", "p.rill", "--node", "euros"});
        QVERIFY2(ended.status == 1 && ended.err.contains("orders"), describe(ended).constData());
    }

    void blocksAreSpreadOverAFile() {
        const ProgramFixture fixture;
        QByteArray rows = "id,amount\n";
        for (int row = 0; row < 600'000; ++row) rows += QByteArray::number(row) + ",10\n";
        writePipeline(fixture);
        fixture.write("orders.csv", rows);
        const Ended ended =
            fixture.run({"sample", "p.rill", "--node", "orders", "--spread", "--rows", "20000", "--json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(all["sources"][0]["blocks"].toArray().size(), 16);
        const QJsonArray sampled = all["outputs"][0]["rows"].toArray();
        QVERIFY(sampled.size() > 1'000 && sampled.last()["values"][0].toInt() > 500'000);
    }

    void whatIsHeardIsTheSampleFromThenOn() {
        const ProgramFixture fixture;
        const Lines sender;
        const QByteArray address = "127.0.0.1:" + QByteArray::number(sender.port());
        QByteArray pipeline = R"json({ "rill": 1, "name": "t", "settings": { "keep_input": KEEPS },
            "nodes": [ { "id": "live", "type": "tcp_source", "params": { "format": "json",
            "columns": ["n BIGINT"], "address": "ADDRESS" } } ] })json";
        pipeline.replace("ADDRESS", address);
        fixture.write("live.rill", QByteArray(pipeline).replace("KEEPS", "true"));
        fixture.write("secret.rill", QByteArray(pipeline).replace("KEEPS", "false"));
        const Ended before = fixture.run({"sample", "live.rill", "--node", "live"});
        QVERIFY2(before.status != 0 && before.err.contains("is live"), describe(before).constData());
        const Ended secret = fixture.run({"sample", "secret.rill", "--node", "live", "--listen", "1"});
        QVERIFY2(secret.status == 0 && secret.out.contains("n=1\n") && secret.err.contains("not kept"),
                 describe(secret).constData());
        const Ended nothing = fixture.run({"sample", "live.rill", "--node", "live"});
        QVERIFY2(nothing.status != 0, describe(nothing).constData());
        const Ended heard = fixture.run({"sample", "live.rill", "--node", "live", "--listen", "1"});
        QVERIFY2(heard.status == 0 && heard.out.contains("n=1\n"), describe(heard).constData());
        const Ended again = fixture.run({"sample", "live.rill", "--node", "live"});
        QVERIFY2(again.status == 0 && again.out.contains("n=1\n") && again.err.contains("heard"),
                 describe(again).constData());
        const Ended wrong = fixture.run({"sample", "live.rill", "--node", "live", "--listen", "-1"});
        QVERIFY2(wrong.status == 2, describe(wrong).constData());
    }

    void staysInTheFolderUnlessTrusted() {
        const ProgramFixture elsewhere, fixture;
        elsewhere.write("orders.csv", "id,amount\n1,10\n");
        writePipeline(fixture, elsewhere.path("orders.csv").toUtf8());
        const Ended ended = fixture.run({"sample", "p.rill", "--node", "orders"});
        QVERIFY2(ended.status == 2 && ended.err.contains("was not looked at") && ended.out.isEmpty(),
                 describe(ended).constData());
        const Ended trusted = fixture.run({"sample", "p.rill", "--node", "orders", "--trusted"});
        QVERIFY2(trusted.status == 0 && trusted.out.contains("id=1"), describe(trusted).constData());
    }
};

QTEST_GUILESS_MAIN(TestSample)
#include "test_sample.moc"
