// A run's accesses outside the program, read from declarations and bound nodes of any type.
#include <sys/stat.h>

#include <QtTest>
#include <filesystem>
#include <fstream>

#include "core/pipeline/access.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

namespace fs = std::filesystem;

BoundNodeRef bindAny(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    if (context.node().type == "source") bound->outputs.emplace_back();
    if (context.has("broker")) {
        Access access;
        access.kind = Access::Kind::Sends;
        access.target = "tcp://" + context.text("broker");
        access.description = RW_TEXT("test", "Broker %1").with(context.text("broker"));
        bound->accesses.push_back(access);
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
    source.params = {param("path", ParamKind::InputPath), param("broker", ParamKind::String)};
    source.bind = sink.bind = bindAny;
    sink.type = "sink";
    sink.group = NodeGroup::Sink;
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

std::vector<Access> accessesIn(const fs::path& folder, const std::string& params,
                               const std::string& more = {}) {
    const Catalogue kinds = catalogue();
    const Result<Loaded> loaded =
        loadPipeline(R"({"rill":1,)" + more + R"("nodes":[{"id":"a","type":"source"},)" +
                     R"({"id":"z","type":"sink","title":"Last","params":)" + params +
                     R"(}],"wires":[{"from":"a","to":"z"}]})");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    const ValidateOptions options{.folder = folder.native(), .variables = {}};
    return accessesOf(loaded->pipeline, kinds, options, validate(loaded->pipeline, kinds, options));
}

}  // namespace

class TestAccess : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path folder() const { return fs::canonical(m_folder.path().toStdString()); }

 private Q_SLOTS:
    void comesFromDeclarations() {
        const auto accesses =
            accessesIn(folder(), R"({"database":"x/../d.sqlite","table":"Sums","mode":"append"})");
        QCOMPARE(accesses.size(), std::size_t{1});
        QVERIFY(accesses[0].kind == Access::Kind::Writes && accesses[0].adds && accesses[0].isFile());
        QCOMPARE(accesses[0].target, (folder() / "d.sqlite").native());
        QCOMPARE(accesses[0].part, std::string("Sums"));
        QCOMPARE(accesses[0].title, std::string("Last"));
    }

    void comesFromBoundNodes() {
        const auto accesses = accessesIn(folder(), R"({"broker":"b:9092"})");
        QCOMPARE(accesses.size(), std::size_t{1});
        QVERIFY(accesses[0].kind == Access::Kind::Sends && !accesses[0].isFile());
        QCOMPARE(english(accesses[0].description), std::string("Broker b:9092"));
        QVERIFY(!outputState(accesses[0]));
    }

    /// An access that a sink that is not made shares with a source is still made.
    void sinksThatARunDoesNotMakeAreLeftOut() {
        std::ofstream(folder() / "in.csv") << "n";
        const Catalogue kinds = catalogue();
        const Result<Loaded> loaded =
            loadPipeline(R"({"rill":1,"nodes":[)"
                         R"({"id":"z","type":"sink","params":{"file":"f.csv","broker":"b:9092"}},)"
                         R"({"id":"a","type":"source","params":{"path":"in.csv","broker":"b:9092"}}],)"
                         R"("wires":[{"from":"a","to":"z"}]})");
        QVERIFY(loaded.ok());
        const ValidateOptions options{.folder = folder().native(), .variables = {}};
        const Validated validated = validate(loaded->pipeline, kinds, options);
        QCOMPARE(accessesOf(loaded->pipeline, kinds, options, validated).size(), std::size_t{3});
        const auto shows = accessesOf(loaded->pipeline, kinds, options, validated, true);
        QCOMPARE(shows.size(), std::size_t{2});
        QVERIFY(shows[0].kind == Access::Kind::Reads && shows[1].kind == Access::Kind::Sends);
        QCOMPARE(shows[1].node, std::string("a"));
    }

    void takesVariablesAndLinks() {
        fs::create_directories(folder() / "far");
        std::ofstream(folder() / "far/rc") << "precious";
        fs::create_symlink(folder() / "far/rc", folder() / "harmless.csv");
        const auto accesses =
            accessesIn(folder(), R"({"file":"${name}.csv"})", R"("variables":{"name":"harmless"},)");
        QCOMPARE(accesses.size(), std::size_t{1});
        QCOMPARE(accesses[0].target, (folder() / "far/rc").native());
        QVERIFY(outputState(accesses[0]));
    }

    void stepsUpAreTakenAsTheNodesTakeThem() {
        fs::create_directories(folder() / "deep/er");
        fs::create_directory_symlink(folder() / "deep/er", folder() / "in");
        const auto accesses = accessesIn(folder(), R"({"file":"in/../f.csv"})");
        QCOMPARE(accesses.at(0).target, (folder() / "f.csv").native());  // not deep/f.csv
    }

    void tablesAreTheSameInAnyCaseFilesAreNot() {
        const auto access = [this](const char* file, const char* table) {
            Access made;
            made.kind = Access::Kind::Writes;
            made.target = (folder() / file).native();
            made.part = table;
            return made.identity();
        };
        QCOMPARE(access("a", "Sums"), access("a", "sums"));
        QVERIFY(access("a", "t") != access("A", "t"));
        QVERIFY(access("a", "t") != access("a", ""));
    }

    void partsAreThereWhenTheirFileHoldsThem() {
        std::ofstream(folder() / "d.sqlite") << "anything";
        const auto there = [this](const char* params) {
            return outputState(accessesIn(folder(), params).at(0)).has_value();
        };
        QVERIFY(there(R"({"database":"d.sqlite","table":"there"})"));
        QVERIFY(!there(R"({"database":"d.sqlite","table":"new"})"));
        QVERIFY(!there(R"({"database":"none.sqlite","table":"there"})"));
        QVERIFY(!there(R"({"file":"none.csv"})"));
    }

    void pipesAndDevicesHoldNothing() {
        QCOMPARE(::mkfifo((folder() / "pipe").c_str(), 0600), 0);
        QVERIFY(!outputState(accessesIn(folder(), R"({"file":"pipe"})").at(0)));
        QVERIFY(!outputState(accessesIn(folder(), R"({"database":"pipe","table":"there"})").at(0)));
        QVERIFY(!outputState(accessesIn(folder(), R"({"file":"/dev/null"})").at(0)));
    }
};

QTEST_APPLESS_MAIN(TestAccess)
#include "test_access.moc"
