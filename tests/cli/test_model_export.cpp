// model export: what a node has learnt, from a checkpoint; and runs that start from it.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <cmath>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

/// Twelve keys; `more` stands among the parameters of the node that learns.
QByteArray pipelineWith(const QByteArray& more = {}) {
    return R"rill({ "rill": 1, "name": "learns", "nodes": [
        { "id": "numbers", "type": "generator", "params": { "rate": 20000, "event_time": "ts", "columns":
            ["k STRING = CAST(i % 12 AS STRING)", "v DOUBLE = CAST(i % 7 AS DOUBLE)",
             "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"] } },
        { "id": "odd", "type": "anomaly", "params": { "features": ["v"], "keys": ["k"])rill" +
           more + R"rill( } },
        { "id": "out", "type": "ndjson_sink", "params": { "path": "out.ndjson" } } ],
      "wires": [ { "from": "numbers", "to": "odd" }, { "from": "odd", "to": "out" } ] })rill";
}

/// y = 2 x + 3, of so many rows.
QByteArray trainedOn(const QByteArray& rows, const QByteArray& more) {
    return R"rill({ "rill": 1, "name": "trains", "nodes": [
        { "id": "numbers", "type": "generator", "params": { "event_time": "ts", "rate": 100000, "rows": )rill" +
           rows +
           R"rill(, "columns": ["x DOUBLE = CAST(i % 9 AS DOUBLE)", "y DOUBLE = CAST(i % 9 * 2 + 3 AS DOUBLE)",
             "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"] } },
        { "id": "line", "type": "regress", "params": { "features": ["x"], "target": "y")rill" +
           more + R"rill( } },
        { "id": "out", "type": "ndjson_sink", "params": { "path": "learnt.ndjson" } } ],
      "wires": [ { "from": "numbers", "to": "line" }, { "from": "line", "to": "out" } ] })rill";
}

/// The row x = 4.
QByteArray scoredWith(const QByteArray& model) {
    return R"rill({ "rill": 1, "name": "scores", "nodes": [
        { "id": "one", "type": "generator", "params": { "rows": 1, "columns": ["x DOUBLE = 4.0"] } },
        { "id": "line", "type": "score", "params": { "model": ")rill" +
           model + R"rill(", "features": ["x"], "columns": ["predicted DOUBLE"] } },
        { "id": "out", "type": "ndjson_sink", "params": { "path": "scored.ndjson" } } ],
      "wires": [ { "from": "one", "to": "line" }, { "from": "line", "to": "out" } ] })rill";
}

QJsonObject objectOf(const QByteArray& json) {
    return QJsonDocument::fromJson(json).object();
}

class TestModelExport : public QObject {
    Q_OBJECT

    ProgramFixture m_fixture{};

    Ended exported(const QStringList& more = {}) const {
        return m_fixture.run(QStringList{"model", "export", "p.rill", "--checkpoint-dir", "kept"} + more);
    }

 private Q_SLOTS:
    void theModelsOfAllKeysAreExported() {
        m_fixture.write("p.rill", pipelineWith());
        const Ended none = exported({"--node", "odd"});
        QVERIFY2(none.status == 1 && none.err.contains("There is no checkpoint"), describe(none).constData());
        const Ended ran = m_fixture.run({"run", "p.rill", "--checkpoint-every", "100ms", "--checkpoint-dir",
                                         "kept", "--for", "500ms", "--parallelism", "3"});
        QVERIFY2(ran.status == 0, describe(ran).constData());
        const Ended ended = exported({"--node", "odd", "-o", "model.json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject model = objectOf(m_fixture.read("model.json"));
        QCOMPARE(model["rillwright_model"].toInt(), 1);
        QCOMPARE(model["learnt"]["method"].toString(), QStringLiteral("weighted_z"));
        QStringList keys;
        for (const QJsonValue& item : model["models"].toArray()) {
            keys << item["key"][0].toString();
            QVERIFY(item["rows"].toInt() > 0);
        }
        QStringList sorted = keys;
        sorted.sort();
        QCOMPARE(keys.size(), 12);
        QCOMPARE(keys, sorted);
    }

    void aRunStartsFromThem() {
        QVERIFY(!m_fixture.read("model.json").isEmpty());
        m_fixture.write("p.rill", pipelineWith(R"(, "model": "model.json", "warm_up": 1000000 )"));
        const Ended ran = m_fixture.run({"run", "p.rill", "--for", "300ms", "--checkpoint-dir", "anew",
                                         "--checkpoint-every", "100ms", "--parallelism", "2"});
        QVERIFY2(ran.status == 0, describe(ran).constData());
        const Ended again = m_fixture.run(
            {"model", "export", "p.rill", "--checkpoint-dir", "anew", "--node", "odd", "--trusted"});
        QVERIFY2(again.status == 0, describe(again).constData());
        const QJsonArray before = objectOf(m_fixture.read("model.json"))["models"].toArray(),
                         after = objectOf(again.out)["models"].toArray();
        QCOMPARE(after.size(), before.size());
        for (qsizetype i = 0; i < after.size(); ++i)
            QVERIFY(after[i]["rows"].toInt() > before[i]["rows"].toInt());
    }

    void aFileThatDoesNotFitIsAnErrorOfThePipeline() {
        m_fixture.write("q.rill", pipelineWith(R"(, "model": "model.json", "scale": "running")"));
        const Ended ended = m_fixture.run({"validate", "q.rill"});
        QVERIFY2(ended.status == 2 || ended.status == 1, describe(ended).constData());
        QVERIFY2(ended.err.contains("Scale"), describe(ended).constData());
    }

    void aRunThatEndsSavesThemItself() {
        m_fixture.write("train.rill", trainedOn("20000", R"(, "save_model": "trained.json")"));
        const Ended ran = m_fixture.run({"run", "train.rill", "--parallelism", "3"});
        QVERIFY2(ran.status == 0, describe(ran).constData());
        const QByteArray trained = m_fixture.read("trained.json");
        QCOMPARE(objectOf(trained)["models"][0]["rows"].toInt(), 20'000);
        m_fixture.write("score.rill", scoredWith("trained.json"));
        const Ended scored = m_fixture.run({"run", "score.rill"});
        QVERIFY2(scored.status == 0, describe(scored).constData());
        const double predicted = objectOf(m_fixture.read("scored.ndjson"))["predicted"].toDouble();
        QVERIFY2(std::abs(predicted - 11) < 0.5, QByteArray::number(predicted).constData());
    }

    void aRunThatIsStoppedSavesNothing() {
        m_fixture.write("stopped.rill", trainedOn("0", R"(, "save_model": "stopped.json")"));
        const Ended ran = m_fixture.run({"run", "stopped.rill", "--for", "300ms"});
        QVERIFY2(ran.status == 0, describe(ran).constData());
        QVERIFY(m_fixture.read("stopped.json").isEmpty());
    }

    void twoNodesCannotSaveToOneFile() {
        m_fixture.write("clash.rill", trainedOn("10", R"(, "save_model": "learnt.ndjson")"));
        const Ended ended = m_fixture.run({"validate", "clash.rill"});
        QVERIFY2(ended.status != 0 && ended.err.contains("already written"), describe(ended).constData());
    }

    void nodesThatDoNotLearnAreRefused() {
        const Ended other = exported({"--node", "out"});
        QVERIFY2(other.status == 1 && other.err.contains("does not learn"), describe(other).constData());
        const Ended none = exported({"--node", "nobody"});
        QVERIFY2(none.status == 1 && none.err.contains("no node “nobody”"), describe(none).constData());
        const Ended wrong = exported();
        QVERIFY2(wrong.status == 2 && wrong.err.contains("--node"), describe(wrong).constData());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(TestModelExport)
#include "test_model_export.moc"
