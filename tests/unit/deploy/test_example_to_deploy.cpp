// The example that other engines can run: nothing of it is refused there, and its artefacts are whole.
#include <QtTest/QtTest>

#include "core/deploy/translation.h"
#include "core/pipeline/json/json.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string reasonsOf(const Translation& translation) {
    std::string reasons;
    for (const auto& [node, verdict] : translation.nodes) {
        for (const Remark& finding : verdict.findings) reasons += node + ": " + english(finding.what) + "\n";
    }
    return reasons;
}

}  // namespace

class TestExampleToDeploy : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void runsOnEveryEngine_data() {
        QTest::addColumn<std::string>("artefact");
        for (const Artefact* each : allArtefacts()) {
            const std::string name(each->name);
            QTest::newRow(name.c_str()) << name;
        }
    }

    void runsOnEveryEngine() {
        QFETCH(std::string, artefact);
        const Artefact& wanted = *artefactOf(artefact);
        std::string folder = RILLWRIGHT_SOURCE;
        folder.append("/resources/examples/");
        const Pipeline pipeline = loadPipelineFile(folder + "bids_from_csv.rill").value().pipeline;
        TranslateOptions options;
        options.validate.folder = folder;
        const Validated validated = validate(pipeline, kinds(), options.validate);
        QVERIFY(validated.runnable());
        for (const Results results : {Results::Sinks, Results::Selects}) {
            options.results = results;
            const Translation translation = translate(pipeline, kinds(), validated, wanted.engine, options);
            QCOMPARE(translation.nodes.size(), pipeline.nodes.size());
            QVERIFY2(translation.worst != Verdict::Refused, reasonsOf(translation).c_str());
        }
        options.results = Results::Sinks;
        const Translation translation = translate(pipeline, kinds(), validated, wanted.engine, options);
        const auto text = writeArtefact(pipeline, translation, wanted, options);
        QVERIFY2(text.ok(), text.ok() ? "" : english(text.error()).c_str());
        for (const Node& node : pipeline.nodes)
            QVERIFY2(text->find(node.id) != std::string::npos, node.id.c_str());
        QVERIFY(text->find(folder) == std::string::npos);  // its folder here means nothing there
    }
};

QTEST_APPLESS_MAIN(TestExampleToDeploy)
#include "test_example_to_deploy.moc"
