// Conditions of verdicts: what the files of a source say of them, where a comparison has read these.
#include <QtTest/QtTest>
#include <fstream>

#include "core/compare/evidence.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

using namespace rw;

namespace {

constexpr const char* kPipeline = R"({ "rill": 1, "name": "Read", "nodes": [
    { "id": "in", "type": "csv_source", "params": { "path": "in.csv", "columns": ["k STRING", "v DOUBLE"] } },
    { "id": "out", "type": "table_view" } ], "wires": [ { "from": "in", "to": "out" } ] })";

/// The conditions of the source on Flink, each with whether it held.
std::map<std::string, CheckedCondition::Held> conditionsOf(const std::string& text, bool read) {
    const QTemporaryDir folder;
    const std::string path = folder.filePath("in.csv").toStdString();
    std::ofstream(path, std::ios::binary) << text;
    const Catalogue catalogue = builtin();
    const Pipeline pipeline = loadPipeline(kPipeline)->pipeline;
    TranslateOptions options;
    options.validate.folder = folder.path().toStdString();
    const Validated validated = validate(pipeline, catalogue, options.validate);
    const Translation verdicts = translate(pipeline, catalogue, validated, Engine::Flink, options);
    std::map<NodeId, CsvSurvey> surveys;
    CsvSurveyOptions look{.path = path, .schema = validated.nodes.at("in").bound->outputs.front().schema};
    look.columns = true;
    if (Result<CsvSurvey> survey = surveyCsv(look); read && survey.ok()) surveys.emplace("in", *survey);
    const RunMetrics here;
    const CompareEvidence evidence(pipeline, catalogue, validated, here);
    std::map<std::string, CheckedCondition::Held> out;
    for (const CheckedCondition& each : evidence.conditions("flink", verdicts, surveys))
        out[english(each.condition)] = each.held;
    return out;
}

}  // namespace

class TestConditions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filesTell() {
        using Held = CheckedCondition::Held;
        const std::string columns = "the file has these columns, all of them and in this order";
        const std::string cells = "every row has as many cells as there are columns";
        const std::string values = "every cell is a value of its type";
        const auto unread = conditionsOf("k,v\na,1\n", false);
        QVERIFY(unread.at(columns) == Held::Unknown && unread.at(cells) == Held::Unknown &&
                unread.at(values) == Held::Unknown);
        const auto plain = conditionsOf("k,v\na,1\n", true);
        QVERIFY(plain.at(columns) == Held::Yes && plain.at(cells) == Held::Yes &&
                plain.at(values) == Held::Yes);
        const auto odd = conditionsOf("k,v\na,1d\n", true);
        QVERIFY(odd.at(columns) == Held::Yes && odd.at(values) == Held::Unknown);
    }
};

QTEST_APPLESS_MAIN(TestConditions)
#include "test_conditions.moc"
