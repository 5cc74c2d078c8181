// Rows of nodes inside a subflow are asked about by the paths of these nodes.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/data/text.h"
#include "core/lineage/lineage.h"
#include "core/lineage/plan_for.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

using namespace rw;

namespace {

const Catalogue& insideKinds() {
    static const Catalogue kAll = builtin();
    return kAll;
}

/// Numbers, of which the subflow keeps those above 1 and then those above 2; a broken node stands behind it.
struct InsideFixture {
    QTemporaryDir folder;
    Pipeline pipeline{};
    ValidateOptions options{};

    InsideFixture() {
        QFile file(folder.filePath(QStringLiteral("part.rill")));
        const QByteArray part = R"json({ "rill": 1, "name": "part", "nodes": [
            { "id": "in", "type": "subflow_input", "params": { "columns": ["v BIGINT"] } },
            { "id": "some", "type": "filter", "params": { "condition": "v > 1" } },
            { "id": "fewer", "type": "filter", "params": { "condition": "v > 2" } },
            { "id": "out", "type": "subflow_output" } ],
            "wires": [ { "from": "in", "to": "some" }, { "from": "some", "to": "fewer" },
                { "from": "fewer", "to": "out" } ] })json";
        if (!file.open(QIODevice::WriteOnly) || file.write(part) != part.size()) qFatal("can't write");
        file.close();
        const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [
            { "id": "numbers", "type": "rows", "params": { "columns": ["v BIGINT"], "rows": [[1], [2], [3]] } },
            { "id": "part", "type": "subflow", "params": { "file": "part.rill" } },
            { "id": "broken", "type": "filter", "params": { "condition": "nowhere > 0" } } ],
            "wires": [ { "from": "numbers", "to": "part" }, { "from": "part", "to": "broken" } ] })json");
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        pipeline = loaded->pipeline;
        options.folder = folder.path().toStdString();
        (void)validate(pipeline, insideKinds(), options);  // reads the file
    }
    Result<PlanToAsk> plan(const NodeId& node) const {
        return planToAsk(pipeline, insideKinds(), options, {}, {node, "out"});
    }
    Result<LineageQuestion> question(const NodeId& node, const std::string& where) const {
        RW_TRY_ASSIGN(const PlanToAsk planned, plan(node));
        LineageQuestion question;
        question.plan = planned.plan;
        question.catalogue = planned.catalogue.get();
        question.node = planned.from.node;
        question.port = planned.from.port;
        question.where = where;
        m_catalogues.push_back(planned.catalogue);
        return question;
    }

 private:
    mutable std::vector<std::shared_ptr<const Catalogue>> m_catalogues{};
};

std::string toldInside(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

}  // namespace

class TestInsideSubflow : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aRowInsideIsExplained() {
        const InsideFixture fixture;
        const auto question = fixture.question(insideOf("part", "some"), "v = 2");
        QVERIFY2(question.ok(), toldInside(question.status()).c_str());
        const auto why = whyRow(*question);
        QVERIFY2(why.ok(), toldInside(why.status()).c_str());
        QCOMPARE(rowText(why->row, 0), std::string("v=2"));
        QCOMPARE(why->steps.back().from.node, NodeId("numbers"));
        QCOMPARE(why->steps.back().rows.front().origin->number, std::int64_t{1});
    }

    void whatIsBelowItIsNotPlanned() {
        const InsideFixture fixture;
        const auto planned = fixture.plan(insideOf("part", "some"));
        QVERIFY2(planned.ok(), toldInside(planned.status()).c_str());
        QCOMPARE(planned->from.node, insideOf("part", "some"));
        QVERIFY(planned->plan->pipeline.find(insideOf("part", "fewer")) == nullptr);
    }

    void aMissingRowInsideIsExplained() {
        const InsideFixture fixture;
        const auto question = fixture.question(insideOf("part", "fewer"), "v = 2");
        QVERIFY2(question.ok(), toldInside(question.status()).c_str());
        const auto missing = whyNoRow(*question);
        QVERIFY2(missing.ok(), toldInside(missing.status()).c_str());
        QCOMPARE(missing->there, std::uint64_t{0});
        QCOMPARE(missing->ends.size(), std::size_t{1});
        QCOMPARE(missing->ends.front().node, insideOf("part", "fewer"));
        QVERIFY(missing->ends.front().fate == MissingEnd::Fate::Filtered);
    }

    void whatIsNotThereIsSaid() {
        const InsideFixture fixture;
        for (const NodeId& node : {insideOf("part", "gone"), insideOf("nowhere", "some"), NodeId("gone")}) {
            const auto planned = fixture.plan(node);
            QVERIFY(!planned.ok());
            QCOMPARE(planned.status().error().code, ErrorCode::NotFound);
            QVERIFY(toldInside(planned.status()).find(node) != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestInsideSubflow)
#include "test_inside_subflow.moc"
