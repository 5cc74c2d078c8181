// A question gives way to what else the machine does, and its state has a limit.
#include <QtTest/QtTest>

#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/planning/plan.h"
#include "tests/support/priority_of_reads.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

LineageQuestion questionOf(const std::string& nodes, const std::string& wires,
                           const std::string& folder = {}) {
    const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [)json" + nodes +
                                               R"json(], "wires": [)json" + wires + "] }");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    PlanOptions options;
    options.parallelism = 1;
    options.validate.folder = folder;
    LineageQuestion question;
    question.plan = makePlan(loaded->pipeline, kinds(), options).plan;
    if (!question.plan) qFatal("no plan");
    question.catalogue = &kinds();
    return question;
}

}  // namespace

class TestCostOfQuestions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theirRunsGiveWay() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("k,v\nx,1\ny,2\n") > 0);
        file.close();
        LineageQuestion question = questionOf(
            R"json({ "id": "orders", "type": "csv_source",
                     "params": { "path": "a.csv", "columns": ["k STRING", "v INT"] } },
                   { "id": "seen", "type": "table_view" })json",
            R"json({ "from": "orders", "to": "seen" })json", folder.path().toStdString());
        const auto files = std::make_shared<PriorityOfReads>();
        question.files = files;
        question.node = "orders";
        question.where = "v = 2";
        const int before = niceHere();
        const Result<Lineage> lineage = whyRow(question);
        QVERIFY2(lineage.ok(), lineage.ok() ? "" : english(lineage.error()).c_str());
        QVERIFY(files->least() != PriorityOfReads::kUnread);
        QVERIFY2(files->least() >= 10, qPrintable(QString::number(files->least())));
        // Who asks is as busy as before.
        QCOMPARE(niceHere(), before);
    }

    void theirStateHasALimit() {
        LineageQuestion question = questionOf(
            R"json({ "id": "rows", "type": "generator", "params": { "rate": 0, "rows": 10000,
                     "event_time": "ts", "columns": ["n BIGINT = i",
                     "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"] } },
                   { "id": "long", "type": "select", "params": {
                     "columns": ["ts", "n", "REPEAT('long', 50000) || CAST(n AS STRING) AS text"] } },
                   { "id": "last", "type": "deduplicate", "params": { "keys": ["text"] } },
                   { "id": "seen", "type": "table_view" })json",
            R"json({ "from": "rows", "to": "long" }, { "from": "long", "to": "last" },
                   { "from": "last", "to": "seen" })json");
        question.node = "last";
        question.where = "n = 3";
        const Result<Lineage> lineage = whyRow(question);
        QVERIFY(!lineage.ok());
        QVERIFY2(english(lineage.error()).find("memory") != std::string::npos,
                 english(lineage.error()).c_str());
        // 512 MiB, however much a run may have.
        QVERIFY2(english(lineage.error()).find("512") != std::string::npos, english(lineage.error()).c_str());
    }
};

QTEST_APPLESS_MAIN(TestCostOfQuestions)
#include "test_cost_of_questions.moc"
