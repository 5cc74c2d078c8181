// A subflow whose file was not read yet can't be planned: an error, where no look at files has found one.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/planning/plan.h"

using namespace rw;

class TestUnreadSubflow : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void itIsAnErrorAtTheSubflow() {
        const Result<Loaded> loaded = loadPipeline(R"json({"rill":1,"nodes":[
            {"id":"numbers","type":"rows","params":{"columns":["n INT"],"rows":[[1]]}},
            {"id":"part","type":"subflow","params":{"file":"part.rill"}},
            {"id":"out","type":"table_view"}],
            "wires":[{"from":"numbers","to":"part.rows"},{"from":"part.kept","to":"out"}]})json");
        QVERIFY(loaded.ok());
        PlanOptions options;
        options.validate.files = false;
        const Planned planned = makePlan(loaded->pipeline, builtin(), options);
        QVERIFY(!planned.plan);
        QCOMPARE(planned.issues.size(), std::size_t{1});
        QCOMPARE(
            QString::fromStdString(english(planned.issues.front())),
            QString("part: What this node does is not known: the file of a subflow was not read. Let the "
                    "files of the pipeline be looked at before it is run."));
    }
};

QTEST_APPLESS_MAIN(TestUnreadSubflow)
#include "test_unread_subflow.moc"
