// Pipelines with subflows, flat: names, ports, variables, paths, and messages and their places.
#include <QtTest>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/pipeline/access.h"
#include "core/pipeline/checks/export_check.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/used_paths.h"
#include "core/pipeline/variables.h"

using namespace rw;
namespace fs = std::filesystem;

namespace {

const std::string kPart = R"json({"rill":1,"variables":{"least":"2"},"nodes":[
    {"id":"rows","type":"subflow_input","params":{"columns":["n INT"]}},
    {"id":"keep","type":"filter","title":"Keep","params":{"condition":"n >= ${least}"}},
    {"id":"kept","type":"subflow_output"}],
    "wires":[{"from":"rows","to":"keep"},{"from":"keep","to":"kept"}]})json";

const std::string kNumbers =
    R"json({"id":"numbers","type":"rows","params":{"columns":["n INT"],"rows":[[1],[2],[3]]}})json";

/// Numbers through a subflow into a table.
std::string around(const std::string& params = R"json({"file":"part.rill"})json",
                   const std::string& more = {}, const std::string& wires = {}) {
    return R"json({"rill":1,"variables":{"limit":"3","folder":"data"},"nodes":[)json" + kNumbers +
           R"json(,{"id":"sub","type":"subflow","title":"Part","params":)json" + params +
           R"json(},{"id":"out","type":"table_view"})json" + more +
           R"json(],"wires":[{"from":"numbers","to":"sub.rows"},{"from":"sub.kept","to":"out"})json" + wires +
           "]}";
}

/// `text` with `by` in place of the first `piece`.
std::string with(std::string text, const std::string& piece, const std::string& by) {
    const std::size_t at = text.find(piece);
    if (at == std::string::npos) qFatal("there is no %s", piece.c_str());
    return text.replace(at, piece.size(), by);
}

QString said(const std::vector<Issue>& issues) {
    QStringList lines;
    for (const Issue& issue : issues) {
        lines << (issue.severity == Severity::Error ? "E " : "W ") + QString::fromStdString(english(issue));
    }
    return lines.join(QLatin1Char('\n'));
}

class Checked {
 public:
    Checked() { write("part.rill", kPart); }

    std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories(fs::path(path(name)).parent_path());
        std::ofstream(path(name)) << text;
    }
    void load(const std::string& text) {
        const Result<Loaded> loaded = loadPipeline(text);
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        pipeline = loaded->pipeline;
    }
    const Validated& check(const std::string& text, bool files = true) {
        load(text);
        options.folder = m_folder.path().toStdString();
        options.files = files;
        result = validate(pipeline, kinds, options);
        return result;
    }
    const Node& flat(const char* id) const { return *result.expanded->pipeline.find(id); }
    QString ports(const char* node) const {
        QStringList names;
        const NodeKind* kind = kinds.of(*pipeline.find(node));
        for (const auto* side : {&kind->inputs, &kind->outputs}) {
            for (const PortSpec& port : *side) names << QString::fromStdString(port.name);
        }
        return names.join(QLatin1Char(' '));
    }

    Catalogue kinds = builtin();
    ValidateOptions options;
    Pipeline pipeline;
    Validated result;

 private:
    QTemporaryDir m_folder;
};

}  // namespace

class TestSubflow : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void givesWayToItsNodes() {
        Checked checked;
        checked.check(around());
        QCOMPARE(said(checked.result.issues), QString());
        QVERIFY(checked.result.runnable());
        const std::vector<NodeId> order{"numbers", "sub/rows", "sub/keep", "sub/kept", "out"};
        QVERIFY(checked.result.order == order);
        const std::vector<Wire>& wires = checked.result.expanded->pipeline.wires;
        QCOMPARE(wires.size(), std::size_t{4});
        QCOMPARE(writeInput(wires[0].to), std::string("sub/rows"));
        QCOMPARE(writeOutput(wires[1].from), std::string("sub/kept"));
        QVERIFY(checked.flat("sub").disabled);
        QCOMPARE(checked.flat("sub/keep").shownTitle(), std::string("sub/keep"));
        const TypedNode& sub = checked.result.nodes.at("sub");
        QVERIFY(sub.bound && sub.bound->outputs.size() == 1 && sub.inputs.size() == 1);
        QCOMPARE(sub.bound->outputs[0].schema->fields[0].name, std::string("n"));
        QVERIFY(!validate(loadPipeline(kPart)->pipeline, checked.kinds, {}).expanded);
    }

    void theFileByItselfIsAPipeline() {
        const Catalogue kinds = builtin();
        const Validated alone = validate(loadPipeline(kPart)->pipeline, kinds, {});
        QCOMPARE(said(alone.issues), QString());
        QVERIFY(alone.runnable());
    }

    void portsAreThoseOfTheFile() {
        Checked checked;
        checked.load(around());
        QCOMPARE(checked.ports("sub"), QStringLiteral("in out"));
        checked.check(around(), false);  // reads nothing
        QCOMPARE(checked.ports("sub"), QStringLiteral("in out"));
        QCOMPARE(said(checked.result.issues), QString());
        QVERIFY(!checked.result.nodes.at("out").bound);
        checked.check(around());
        QCOMPARE(checked.ports("sub"), QStringLiteral("rows kept"));
        // Another program renames a port: the wire leads nowhere, which the person can mend.
        checked.write("part.rill", with(with(kPart, "kept", "left_over"), "kept", "left_over"));
        checked.check(around());
        QCOMPARE(checked.ports("sub"), QStringLiteral("rows left_over"));
        const auto wrong =
            std::find_if(checked.result.issues.begin(), checked.result.issues.end(), [](const Issue& issue) {
                return english(issue).find("has no output “kept”") != std::string::npos;
            });
        QVERIFY2(wrong != checked.result.issues.end(), qPrintable(said(checked.result.issues)));
        QCOMPARE(wrong->quickFixes.at(0).value, Json({{"from", "sub.kept"}, {"to", "out"}}));
        // One that is gone keeps the ports that it had.
        fs::remove(checked.path("part.rill"));
        checked.check(around());
        QVERIFY(said(checked.result.issues).contains(QStringLiteral("There is no file")));
        QCOMPARE(checked.ports("sub"), QStringLiteral("rows left_over"));
    }

    void variablesAreItsOwn() {
        Checked checked;
        checked.check(around(R"json({"file":"part.rill","set":{"least":"${limit}"}})json"));
        QCOMPARE(said(checked.result.issues), QString());
        const Pipeline run = withVariables(checked.result.expanded->pipeline, checked.options);
        QCOMPARE(run.find("sub/keep")->params["condition"], Json("n >= 3"));
        checked.check(around(R"json({"file":"part.rill","set":{"lest":"1"}})json"));
        QCOMPARE(said(checked.result.issues),
                 QStringLiteral("W sub.set: The file has no variable “lest”; its value is not used. "
                                "Is “least” meant?"));
        // Names of the pipeline outside are not seen, and escaped ones stay so.
        checked.write("part.rill", with(kPart, "${least}", "${limit}"));
        checked.check(around());
        QVERIFY2(said(checked.result.issues).contains(QStringLiteral("There is no variable “sub/limit”.")),
                 qPrintable(said(checked.result.issues)));
        checked.write("part.rill", with(kPart, "n >= ${least}", "CAST(n AS STRING) <> '$${least}'"));
        checked.check(around());
        QCOMPARE(said(checked.result.issues), QString());
        const Pipeline escaped = withVariables(checked.result.expanded->pipeline, checked.options);
        QCOMPARE(escaped.find("sub/keep")->params["condition"], Json("CAST(n AS STRING) <> '${least}'"));
    }

    // A variable of the pipeline outside may be called as one inside would be.
    void namesOfVariablesDoNotMeet() {
        Checked checked;
        checked.options.variables = {{"sub/least", "9"}};
        checked.check(with(around(), "limit", "sub/least"));
        const Pipeline run = withVariables(checked.result.expanded->pipeline, checked.options);
        QCOMPARE(run.find("sub/keep")->params["condition"], Json("n >= 2"));
    }

    void pathsStartAtTheFolderOfTheFile() {
        Checked checked;
        checked.write("parts/inner.rill", R"json({"rill":1,"variables":{"folder":"deep"},"nodes":[
            {"id":"lines","type":"csv_source","params":{"path":"${folder}/in.csv","columns":["n INT"]}},
            {"id":"file","type":"csv_sink","params":{"path":"${where}"}}],
            "wires":[{"from":"lines","to":"file"}]})json");
        checked.write("parts/deep/in.csv", "n\n1\n");
        checked.check(
            R"json({"rill":1,"nodes":[{"id":"s","type":"subflow","params":{"file":"parts/inner.rill"}}]})json");
        QCOMPARE(checked.flat("s/lines").params["path"], Json(checked.path("parts/deep/in.csv")));
        QVERIFY(said(checked.result.issues).contains(QStringLiteral("There is no variable “s/where”.")));
    }

    void subflowsLieInEachOther() {
        Checked checked;
        checked.write("parts/outer.rill", R"json({"rill":1,"variables":{"most":"3"},"nodes":[
            {"id":"a","type":"subflow_input","params":{"columns":["n INT"]}},
            {"id":"inner","type":"subflow","params":{"file":"../part.rill","set":{"least":"${most}"}}},
            {"id":"b","type":"subflow_output"}],
            "wires":[{"from":"a","to":"inner.rows"},{"from":"inner.kept","to":"b"}]})json");
        const std::string nested = around(R"json({"file":"parts/outer.rill"})json");
        checked.check(with(with(nested, "sub.rows", "sub.a"), "sub.kept", "sub.b"));
        QCOMPARE(said(checked.result.issues), QString());
        const std::vector<NodeId> order{
            "numbers", "sub/a", "sub/inner/rows", "sub/inner/keep", "sub/inner/kept", "sub/b", "out"};
        QVERIFY(checked.result.order == order);
        const Pipeline run = withVariables(checked.result.expanded->pipeline, checked.options);
        QCOMPARE(run.find("sub/inner/keep")->params["condition"], Json("n >= 3"));
        // Twice the same file, each with values of its own.
        checked.check(
            around(R"json({"file":"part.rill"})json",
                   R"json(,{"id":"again","type":"subflow","params":{"file":"part.rill","set":{"least":"1"}}},
                                     {"id":"all","type":"table_view"})json",
                   R"json(,{"from":"numbers","to":"again.rows"},{"from":"again.kept","to":"all"})json"));
        QCOMPARE(said(checked.result.issues), QString());
        const Pipeline twice = withVariables(checked.result.expanded->pipeline, checked.options);
        QCOMPARE(twice.find("sub/keep")->params["condition"], Json("n >= 2"));
        QCOMPARE(twice.find("again/keep")->params["condition"], Json("n >= 1"));
    }

    void nothingIsAPartOfItself() {
        Checked checked;
        const auto holding = [](const std::string& file) {
            return "{\"rill\":1,\"nodes\":[{\"id\":\"s\",\"type\":\"subflow\",\"params\":{\"file\":\"" +
                   file + "\"}}]}";
        };
        checked.write("a.rill", holding("b.rill"));
        checked.write("b.rill", holding("a.rill"));
        checked.options.file = checked.path("a.rill");
        checked.check(holding("b.rill"));
        QVERIFY2(said(checked.result.issues).contains(QStringLiteral("“a.rill” → “b.rill” → “a.rill”")),
                 qPrintable(said(checked.result.issues)));
        QVERIFY(!checked.result.runnable());
        // By another name of the file.
        fs::create_symlink(checked.path("self.rill"), checked.path("link.rill"));
        checked.write("self.rill", holding("link.rill"));
        checked.options.file.clear();
        checked.check(holding("self.rill"));
        QVERIFY2(said(checked.result.issues).contains(QStringLiteral("can't be a part of itself")),
                 qPrintable(said(checked.result.issues)));
        for (int i = 0; i < 20; ++i)
            checked.write(fmt::format("deep{}.rill", i), holding(fmt::format("deep{}.rill", i + 1)));
        checked.check(holding("deep0.rill"));
        QVERIFY(said(checked.result.issues).contains(QStringLiteral("more than 16 deep")));
    }

    // A billion nodes in a few kilobytes.
    void hasABound() {
        Checked checked;
        for (int level = 0; level < 9; ++level) {
            std::string nodes;
            for (int i = 0; i < 10; ++i) {
                nodes +=
                    fmt::format(R"json({}{{"id":"s{}","type":"subflow","params":{{"file":"m{}.rill"}}}})json",
                                i == 0 ? "" : ",", i, level + 1);
            }
            checked.write(fmt::format("m{}.rill", level), R"json({"rill":1,"nodes":[)json" + nodes + "]}");
        }
        checked.write("m9.rill", kPart);
        checked.check(
            R"json({"rill":1,"nodes":[{"id":"s","type":"subflow","params":{"file":"m0.rill"}}]})json");
        QCOMPARE(said(checked.result.issues).count(QStringLiteral("The subflows hold too much")), 1);
        QVERIFY(checked.result.expanded->pipeline.nodes.size() < 30'000);
    }

    // The prefix of each name is as long as the ids of the subflows around it.
    void longNamesHaveABound() {
        Checked checked;
        std::string condition;
        for (int i = 0; i < 70'000; ++i) condition += "${a}";
        checked.write("part.rill",
                      "{\"rill\":1,\"variables\":{\"a\":\"\"},\"nodes\":[\n"
                      "            {\"id\":\"keep\",\"type\":\"filter\",\"params\":{\"condition\":\"" +
                          condition + "\"}}]}");
        const auto around = [](std::size_t length) {
            return "{\"rill\":1,\"nodes\":[{\"id\":\"" + std::string(length, 's') +
                   "\",\"type\":\"subflow\",\"params\":{\"file\":\"part.rill\"}}]}";
        };
        const auto tooMuch = [&] {
            return said(checked.result.issues).count(QStringLiteral("The subflows hold too much"));
        };
        checked.check(around(10));
        QCOMPARE(tooMuch(), 0);
        checked.check(around(1'000));
        QCOMPARE(tooMuch(), 1);
    }

    void saysWhatIsWrongWithTheFile_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("garbage") << "{ what"
                                 << "E sub.file: ";
        QTest::newRow("other JSON") << "[1]"
                                    << "This is not a pipeline";
        QTest::newRow("newer") << R"json({"rill":99})json"
                               << "written by a newer Rillwright";
        QTest::newRow("names with a slash") << R"json({"rill":1,"nodes":[{"id":"a/b","type":"filter"}]})json"
                                            << "must start with a letter";
        QTest::newRow("empty") << ""
                               << "E sub.file: ";
    }
    void saysWhatIsWrongWithTheFile() {
        QFETCH(QString, text);
        QFETCH(QString, words);
        Checked checked;
        checked.write("part.rill", text.toStdString());
        checked.check(around());
        QVERIFY2(said(checked.result.issues).contains(words), qPrintable(said(checked.result.issues)));
        for (const Issue& issue : checked.result.issues) QCOMPARE(issue.node, NodeId("sub"));  // not “out”
        QVERIFY(!checked.result.runnable());
    }

    void aFolderIsNoSubflow() {
        Checked checked;
        fs::create_directory(checked.path("folder"));
        checked.check(around(R"json({"file":"folder"})json"));
        QVERIFY(said(checked.result.issues).contains(QStringLiteral("is a folder")));
        checked.check(around(R"json({"file":"/dev/zero"})json"));
        QVERIFY(!checked.result.runnable());
        checked.check(around("{}"));
        QVERIFY(said(checked.result.issues).contains(QStringLiteral("“Pipeline file” needs a value.")));
    }

    void columnsMustBeThose() {
        Checked checked;
        checked.check(with(around(), "n INT", "n DOUBLE"));
        QCOMPARE(checked.result.issues.size(), std::size_t{1});
        const Issue& issue = checked.result.issues[0];
        QCOMPARE(QString::fromStdString(english(issue.message)),
                 QStringLiteral("“sub/rows” takes other columns: column 1 is “n INT”, of “numbers” it is "
                                "“n DOUBLE”."));
        QCOMPARE(issue.node, NodeId("sub"));
        QCOMPARE(issue.port, std::string("rows"));
    }

    void eventTimeMustBeThat() {
        Checked checked;
        checked.write("part.rill", R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["ts TIMESTAMP(3)"],"event_time":"ts"}},
            {"id":"kept","type":"subflow_output"}],"wires":[{"from":"rows","to":"kept"}]})json");
        checked.check(with(with(around(), "n INT", "ts TIMESTAMP(3)"), "[[1],[2],[3]]", "[[null]]"));
        QVERIFY2(said(checked.result.issues).contains(QStringLiteral("takes rows with the event time “ts”")),
                 qPrintable(said(checked.result.issues)));
    }

    void whatIsWrongInsideIsSaidAtTheSubflow() {
        Checked checked;
        const std::string part = with(kPart, "n >= ", "m >= ");
        checked.write("part.rill", part);
        checked.check(around());
        QCOMPARE(checked.result.issues.size(), std::size_t{1});
        const Issue& issue = checked.result.issues[0];
        QCOMPARE(issue.node, NodeId("sub"));
        QCOMPARE(issue.param, std::string("file"));
        const QString words = QString::fromStdString(english(issue.message));
        QVERIFY2(words.startsWith(QStringLiteral("“sub/keep”, parameter “condition”: ")), qPrintable(words));
        QVERIFY(issue.quickFixes.empty() && issue.length == 0 && issue.column.empty());
        // By itself the file says it at its own node.
        const Validated alone = validate(loadPipeline(part)->pipeline, checked.kinds, {});
        QCOMPARE(alone.issues.at(0).node, NodeId("keep"));
    }

    void wiresAreThoseOfThePipelineOutside() {
        Checked checked;
        checked.check(
            around(R"json({"file":"part.rill"})json", {}, R"json(,{"from":"numbers","to":"sub.rows"})json"));
        QCOMPARE(checked.result.issues.at(0).quickFixes.at(0).value,
                 Json({{"from", "numbers"}, {"to", "sub.rows"}}));
        checked.check(with(around(), R"json({"from":"numbers","to":"sub.rows"},)json", ""));
        const auto wanting = std::find_if(checked.result.issues.begin(), checked.result.issues.end(),
                                          [](const Issue& issue) { return issue.missing; });
        QVERIFY(wanting != checked.result.issues.end());
        QCOMPARE(wanting->node, NodeId("sub"));
        QCOMPARE(wanting->port, std::string("rows"));
        const std::string unused = with(around(), R"json(,{"from":"sub.kept","to":"out"})json", "");
        checked.check(with(unused, R"json(,{"id":"out","type":"table_view"})json", ""));
        QCOMPARE(said(checked.result.issues),
                 QStringLiteral("W sub: Nobody takes the rows of “Part”. Draw a wire from it to a chart, a "
                                "table or a file."));
    }

    void disabledItLetsRowsPass() {
        Checked checked;
        checked.load(around());
        checked.pipeline.find("sub")->disabled = true;
        checked.check(savePipeline(checked.pipeline));
        QCOMPARE(said(checked.result.issues), QString());
        const std::vector<NodeId> order{"numbers", "out"};
        QVERIFY(checked.result.order == order);
    }

    void theSettingsOutsideHold() {
        Checked checked;
        checked.write("part.rill",
                      with(kPart, "\"rill\":1,", "\"rill\":1,\"settings\":{\"time_zone\":\"Asia/Tokyo\"},"));
        checked.check(around());
        QVERIFY(said(checked.result.issues)
                    .contains(
                        QStringLiteral("The time zone of “part.rill” is Asia/Tokyo; here it runs in UTC.")));
        QVERIFY(checked.result.runnable());
        QCOMPARE(checked.result.expanded->pipeline.settings.timeZone, std::string("UTC"));
    }

    void accessesAreThoseOfAllNodes() {
        Checked checked;
        checked.write("parts/spy.rill", R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["n INT"]}},
            {"id":"copy","type":"csv_sink","params":{"path":"stolen.csv"}},
            {"id":"kept","type":"subflow_output"}],
            "wires":[{"from":"rows","to":"copy"},{"from":"rows","to":"kept"}]})json");
        const std::string text = around(R"json({"file":"parts/spy.rill"})json");
        checked.check(text);
        QCOMPARE(said(checked.result.issues), QString());
        std::vector<std::string> found;
        for (const Access& access :
             accessesOf(checked.pipeline, checked.kinds, checked.options, checked.result))
            found.push_back(access.node + (access.kind == Access::Kind::Writes ? " writes " : " reads ") +
                            fs::path(access.target).filename().string());
        const std::vector<std::string> expected{"sub reads spy.rill", "sub/copy writes stolen.csv"};
        QVERIFY(found == expected);
        const auto named = namedPaths(checked.pipeline, checked.kinds, checked.options);
        for (const char* name : {"parts/spy.rill", "parts/stolen.csv"}) {
            QVERIFY(std::any_of(named.begin(), named.end(), [&](const NamedPath& each) {
                return each.path == checked.path(name) && each.node == "sub" && each.param == "file";
            }));
        }
        QVERIFY(!checkExport(checked.pipeline, checked.kinds, checked.options, "Export",
                             checked.path("parts/stolen.csv"))
                     .ok());
    }

    void nobodyWritesOntoAPart() {
        Checked checked;
        const auto writing = [](const std::string& path) {
            return ",{\"id\":\"file\",\"type\":\"csv_sink\",\"params\":{\"path\":\"" + path + "\"}}";
        };
        const std::string wire = R"json(,{"from":"numbers","to":"file"})json";
        checked.check(around(R"json({"file":"part.rill"})json", writing("part.rill"), wire));
        QVERIFY2(said(checked.result.issues)
                     .contains(QStringLiteral("“part.rill” would be overwritten while “Part” reads it.")),
                 qPrintable(said(checked.result.issues)));
        QVERIFY(!checked.result.runnable());
        // One file, written by two subflows of one kind.
        checked.write("part.rill", R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["n INT"]}},
            {"id":"copy","type":"csv_sink","params":{"path":"copy.csv"}}],
            "wires":[{"from":"rows","to":"copy"}]})json");
        checked.check(R"json({"rill":1,"nodes":[)json" + kNumbers +
                      R"json(,{"id":"a","type":"subflow","params":{"file":"part.rill"}},
                      {"id":"b","type":"subflow","params":{"file":"part.rill"}}],
                      "wires":[{"from":"numbers","to":"a.rows"},{"from":"numbers","to":"b.rows"}]})json");
        QVERIFY2(said(checked.result.issues)
                     .contains(QStringLiteral("“copy.csv” is already written by “a/copy”.")),
                 qPrintable(said(checked.result.issues)));
    }

    void wiresAreCheckedWhileTheyAreDrawn() {
        Checked checked;
        const std::string more =
            R"json(,{"id":"texts","type":"rows","params":{"columns":["t STRING"],"rows":[["a"]]}},
                   {"id":"free","type":"subflow","params":{"file":"part.rill"}},
                   {"id":"other","type":"filter","params":{"condition":"m > 1"}})json";
        const Validated& known = checked.check(around(R"json({"file":"part.rill"})json", more));
        const auto refused = [&](const PortRef& from, const PortRef& to) {
            const auto issue =
                checkWire(checked.pipeline, checked.kinds, checked.options, {from, to}, &known);
            return issue ? QString::fromStdString(english(issue->message)) : QString();
        };
        QCOMPARE(refused({"numbers", "out"}, {"free", "rows"}), QString());
        QVERIFY(refused({"texts", "out"}, {"free", "rows"}).contains(QStringLiteral("takes other columns")));
        QVERIFY(refused({"sub", "kept"}, {"other", "in"}).contains(QStringLiteral("needs column “m”")));
        QVERIFY(refused({"sub", "nothing"}, {"free", "rows"}).contains(QStringLiteral("has no output")));
        QCOMPARE(refused({"numbers", "out"}, {"sub", "rows"}), QStringLiteral("This wire is there already."));
        QVERIFY(refused({"sub", "kept"}, {"sub", "rows"}).contains(QStringLiteral("loop")));
        // A file that was read since counts when all was typed with it.
        checked.write("part.rill", with(kPart, "n INT", "n STRING"));
        QVERIFY(checked.kinds.subflows().read(checked.path("part.rill"), checked.kinds).ok());
        QCOMPARE(refused({"numbers", "out"}, {"free", "rows"}), QString());
        checked.check(around(R"json({"file":"part.rill"})json", more));
        QVERIFY(refused({"numbers", "out"}, {"free", "rows"}).contains(QStringLiteral("other columns")));
    }

    void knowsItsPath() {
        Checked checked;
        checked.check(around(R"json({"file":"${folder}/x.rill"})json"));
        QCOMPARE(subflowPath(checked.pipeline, checked.kinds, checked.options, "sub"),
                 checked.path("data/x.rill"));
        QVERIFY(subflowPath(checked.pipeline, checked.kinds, checked.options, "out").empty());
    }
};

QTEST_APPLESS_MAIN(TestSubflow)
#include "test_subflow.moc"
