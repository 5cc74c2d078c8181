// What a run would touch outside the program, read from declarations and bound nodes of any type.
#include <sys/stat.h>

#include <QtTest>
#include <filesystem>
#include <fstream>

#include "core/pipeline/json.h"
#include "core/pipeline/touch.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

namespace fs = std::filesystem;

BoundNodeRef bindAny(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    if (context.node().type == "source") bound->outputs.emplace_back();
    if (context.has("broker")) {
        Touch touch;
        touch.kind = Touch::Kind::Sends;
        touch.target = "tcp://" + context.text("broker");
        touch.words = RW_TEXT("test", "Broker %1").with(context.text("broker"));
        bound->touches.push_back(touch);
    }
    return bound;
}

std::optional<std::string> stateOfTable(const std::string&, const std::string& part) {
    return part == "there" ? std::optional<std::string>("as it was") : std::nullopt;
}

ParamSpec param(const char* name, ParamKind kind) {
    ParamSpec spec;
    spec.name = name;
    spec.kind = kind;
    return spec;
}

/// Node types that the program does not have.
Catalogue catalogue() {
    NodeKind source, sink;
    source.type = "source";
    source.outputs = {{"out", {}, PortRole::Rows, false}};
    source.params = {param("path", ParamKind::InputPath)};
    source.bind = sink.bind = bindAny;
    sink.type = "sink";
    sink.inputs = {{"in", {}, PortRole::Rows, true}};
    const ParamSpec file = param("file", ParamKind::OutputPath);
    ParamSpec database = param("database", ParamKind::OutputPath);
    database.part = "table";
    database.partState = stateOfTable;
    database.adds = AppliesWhen{"mode", {"append"}};
    sink.params = {file, database, param("table", ParamKind::String), param("mode", ParamKind::String),
                   param("broker", ParamKind::String)};
    return Catalogue({source, sink});
}

std::vector<Touch> touchesIn(const fs::path& folder, const std::string& params,
                             const std::string& more = {}) {
    const Catalogue kinds = catalogue();
    const Result<Loaded> loaded =
        loadPipeline(R"({"rill":1,)" + more + R"("nodes":[{"id":"a","type":"source"},)" +
                     R"({"id":"z","type":"sink","title":"Last","params":)" + params +
                     R"(}],"wires":[{"from":"a","to":"z"}]})");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    const ValidateOptions options{.folder = folder.native(), .variables = {}};
    return touchesOf(loaded->pipeline, kinds, options, validate(loaded->pipeline, kinds, options));
}

}  // namespace

class TestTouch : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path folder() const { return fs::canonical(m_folder.path().toStdString()); }

 private Q_SLOTS:
    void comesFromDeclarations() {
        const auto touches =
            touchesIn(folder(), R"({"database":"x/../d.sqlite","table":"Sums","mode":"append"})");
        QCOMPARE(touches.size(), std::size_t{1});
        QVERIFY(touches[0].kind == Touch::Kind::Writes && touches[0].adds && touches[0].isFile());
        QCOMPARE(touches[0].target, (folder() / "d.sqlite").native());
        QCOMPARE(touches[0].part, std::string("Sums"));
        QCOMPARE(touches[0].title, std::string("Last"));
    }

    void comesFromBoundNodes() {
        const auto touches = touchesIn(folder(), R"({"broker":"b:9092"})");
        QCOMPARE(touches.size(), std::size_t{1});
        QVERIFY(touches[0].kind == Touch::Kind::Sends && !touches[0].isFile());
        QCOMPARE(english(touches[0].words), std::string("Broker b:9092"));
        QVERIFY(!outputState(touches[0]));
    }

    void takesVariablesAndLinks() {
        fs::create_directories(folder() / "far");
        std::ofstream(folder() / "far/rc") << "precious";
        fs::create_symlink(folder() / "far/rc", folder() / "harmless.csv");
        const auto touches =
            touchesIn(folder(), R"({"file":"${name}.csv"})", R"("variables":{"name":"harmless"},)");
        QCOMPARE(touches.size(), std::size_t{1});
        QCOMPARE(touches[0].target, (folder() / "far/rc").native());
        QVERIFY(outputState(touches[0]));
    }

    void stepsUpAreTakenAsTheNodesTakeThem() {
        fs::create_directories(folder() / "deep/er");
        fs::create_directory_symlink(folder() / "deep/er", folder() / "in");
        const auto touches = touchesIn(folder(), R"({"file":"in/../f.csv"})");
        QCOMPARE(touches.at(0).target, (folder() / "f.csv").native());  // not deep/f.csv
    }

    void tablesAreTheSameInAnyCaseFilesAreNot() {
        const auto touch = [this](const char* file, const char* table) {
            Touch made;
            made.kind = Touch::Kind::Writes;
            made.target = (folder() / file).native();
            made.part = table;
            return made.identity();
        };
        QCOMPARE(touch("a", "Sums"), touch("a", "sums"));
        QVERIFY(touch("a", "t") != touch("A", "t"));
        QVERIFY(touch("a", "t") != touch("a", ""));
    }

    void partsAreThereWhenTheirFileHoldsThem() {
        std::ofstream(folder() / "d.sqlite") << "anything";
        const auto there = [this](const char* params) { return outputState(touchesIn(folder(), params).at(0)).has_value(); };
        QVERIFY(there(R"({"database":"d.sqlite","table":"there"})"));
        QVERIFY(!there(R"({"database":"d.sqlite","table":"new"})"));
        QVERIFY(!there(R"({"database":"none.sqlite","table":"there"})"));
        QVERIFY(!there(R"({"file":"none.csv"})"));
    }

    void pipesAndDevicesHoldNothing() {
        QCOMPARE(::mkfifo((folder() / "pipe").c_str(), 0600), 0);
        QVERIFY(!outputState(touchesIn(folder(), R"({"file":"pipe"})").at(0)));
        QVERIFY(!outputState(touchesIn(folder(), R"({"database":"pipe","table":"there"})").at(0)));
        QVERIFY(!outputState(touchesIn(folder(), R"({"file":"/dev/null"})").at(0)));
    }
};

QTEST_APPLESS_MAIN(TestTouch)
#include "test_touch.moc"
