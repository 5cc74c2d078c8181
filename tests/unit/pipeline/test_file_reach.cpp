// The files that a check looks at before the user agreed to a pipeline: its own folder, and no more of it.
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/json/json.h"

using namespace rw;
namespace fs = std::filesystem;

namespace {

/// A folder “project” with another one, “elsewhere”, beside it.
class Places {
 public:
    Places() {
        fs::create_directories(project() / "data");
        fs::create_directories(elsewhere());
        write(project() / "data" / "in.csv", "n\n1\n");
        write(elsewhere() / "secret.csv", "n\n1\n");
    }
    fs::path root() const { return fs::canonical(m_folder.path().toStdString()); }
    fs::path project() const { return root() / "project"; }
    fs::path elsewhere() const { return root() / "elsewhere"; }
    static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
    void link(const std::string& name, const fs::path& target) const {
        fs::create_symlink(target, project() / name);
    }
    FileReach reach() const { return FileReach::below(project()); }

 private:
    QTemporaryDir m_folder;
};

std::string words(const std::vector<Issue>& issues) {
    std::string out;
    for (const Issue& issue : issues)
        out += (issue.severity == Severity::Error ? "E " : "W ") + english(issue) + "\n";
    return out;
}

Validated checked(const Places& places, const std::string& nodes, const std::string& wires, Trust trust,
                  const Catalogue& kinds) {
    const Result<Loaded> loaded =
        loadPipeline(R"({"rill":1,"nodes":[)" + nodes + R"(],"wires":[)" + wires + "]}");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    ValidateOptions options;
    options.folder = places.project().native();
    options.file = (places.project() / "a.rill").native();
    return validate(loaded->pipeline, kinds, options, trust);
}

Trust strange() {
    Trust trust;
    trust.agreed = false;
    return trust;
}

std::string reading(const std::string& path) {
    return R"({"id":"in","type":"csv_source","params":{"path":")" + path +
           R"(","columns":["n INT"]}},{"id":"out","type":"table_view"})";
}
std::string numbers() {
    return R"({"id":"in","type":"rows","params":{"columns":["n INT"],"rows":[[1]]}},)";
}
const std::string kWire = R"({"from":"in","to":"out"})";

bool has(const std::string& text, const std::string& piece) {
    return text.find(piece) != std::string::npos;
}

}  // namespace

class TestFileReach : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void reachesItsFolderAlone() {
        const Places places;
        const FileReach reach = places.reach();
        QVERIFY(reach.allows(places.project()));
        QVERIFY(reach.allows(places.project() / "data/in.csv"));
        QVERIFY(reach.allows(places.project() / "not/there"));
        QVERIFY(reach.allows(places.project() / "data/../data/in.csv"));
        QVERIFY(!reach.allows(places.project() / "../elsewhere/secret.csv"));
        QVERIFY(!reach.allows(places.elsewhere() / "secret.csv"));
        QVERIFY(!reach.allows(places.root()));
        QVERIFY(!reach.allows(places.root() / "project2"));
        QVERIFY(!reach.allows("/etc/passwd"));
        QVERIFY(FileReach().allows("/etc/passwd"));
    }

    void followsLinks() {
        const Places places;
        places.link("out", places.elsewhere());
        places.link("secret.csv", "../elsewhere/secret.csv");
        places.link("in.csv", "data/in.csv");
        places.link("again.csv", places.project() / "data/in.csv");
        places.link("two", "out");
        places.link("round", "round");
        places.link("up", "data/../../elsewhere");
        const FileReach reach = places.reach();
        QVERIFY(!reach.allows(places.project() / "out/secret.csv"));
        QVERIFY(!reach.allows(places.project() / "secret.csv"));
        QVERIFY(reach.allows(places.project() / "in.csv"));
        QVERIFY(reach.allows(places.project() / "again.csv"));
        QVERIFY(!reach.allows(places.project() / "two/secret.csv"));
        QVERIFY(!reach.allows(places.project() / "round"));
        QVERIFY(!reach.allows(places.project() / "up/secret.csv"));
    }

    void theFolderItselfMayBeALink() {
        const Places places;
        const fs::path link = places.root() / "link";
        fs::create_symlink(places.project(), link);
        const FileReach reach = FileReach::below(link);
        QVERIFY(reach.allows(link / "data/in.csv"));
        QVERIFY(reach.allows(places.project() / "data/in.csv"));
        QVERIFY(!reach.allows(places.elsewhere()));
    }

    void patternsFindWhatGlobFinds() {
        const Places places;
        Places::write(places.project() / "data" / ".hidden.csv", "");
        Places::write(places.project() / "data" / "b[1].csv", "");
        const auto found = [&](const std::string& pattern) {
            FileLook look;
            std::vector<std::string> names;
            (void)matchPattern(places.project() / pattern, look, [&](const fs::path& path) {
                names.push_back(path.filename().native());
                return false;
            });
            std::sort(names.begin(), names.end());
            return names;
        };
        using Names = std::vector<std::string>;
        QCOMPARE(found("data/*.csv"), (Names{"b[1].csv", "in.csv"}));
        QCOMPARE(found("*/in.csv"), Names{"in.csv"});
        QCOMPARE(found("d?ta/i[n-o].csv"), Names{"in.csv"});
        QCOMPARE(found("data/b\\[1].csv"), Names{"b[1].csv"});
        QCOMPARE(found("data/.*.csv"), Names{".hidden.csv"});
        QCOMPARE(found("*/none"), Names{});
    }

    void patternsHaveABudget() {
        const Places places;
        for (int i = 0; i < 50; ++i) Places::write(places.project() / "data" / std::to_string(i), "");
        FileLook look;
        look.budget.left = 20;
        const auto none = [](const fs::path&) { return false; };
        QCOMPARE(matchPattern(places.project() / "*/*", look, none), PatternMatch::Unknown);
        QCOMPARE(look.budget.left, std::size_t{0});
        QCOMPARE(matchPattern(places.project() / "*", look, none), PatternMatch::Unknown);
    }

    void patternsStayWithinReach() {
        const Places places;
        places.link("out", places.elsewhere());
        FileLook look;
        look.reach = places.reach();
        std::vector<std::string> names;
        const auto take = [&](const fs::path& path) {
            names.push_back(path.native());
            return false;
        };
        QCOMPARE(matchPattern(places.project() / "*/*.csv", look, take), PatternMatch::None);
        QCOMPARE(names, std::vector<std::string>{(places.project() / "data/in.csv").native()});
        const std::size_t before = look.budget.left;
        QCOMPARE(matchPattern("/*/*/*/*", look, take), PatternMatch::None);
        QCOMPARE(look.budget.left, before);
    }

    void strangersFilesAreNotLookedAt_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("by name") << QStringLiteral("/etc/passwd");
        QTest::newRow("pattern") << QStringLiteral("/*/*/*/*");
        QTest::newRow("up") << QStringLiteral("../elsewhere/secret.csv");
        QTest::newRow("link") << QStringLiteral("out/secret.csv");
        QTest::newRow("that is not there") << QStringLiteral("/nowhere/at/all.csv");
    }
    void strangersFilesAreNotLookedAt() {
        QFETCH(QString, path);
        const Places places;
        places.link("out", places.elsewhere());
        const Catalogue kinds = builtin();
        const Validated result = checked(places, reading(path.toStdString()), kWire, strange(), kinds);
        QCOMPARE(result.issues.size(), std::size_t{1});
        QCOMPARE(result.issues[0].severity, Severity::Warning);
        QCOMPARE(result.issues[0].param, std::string("path"));
        QVERIFY(has(words(result.issues), "was not looked at"));
        QVERIFY(result.runnable());
    }

    void filesOfTheProjectAre() {
        const Places places;
        const Catalogue kinds = builtin();
        const auto said = [&](const std::string& path) {
            return words(checked(places, reading(path), kWire, strange(), kinds).issues);
        };
        QCOMPARE(said("data/in.csv"), std::string());
        QCOMPARE(said("*/in.csv"), std::string());
        QVERIFY(has(said("data/gone.csv"), "There is no file"));
        QVERIFY(has(said("*/gone.csv"), "No file matches"));
    }

    void strangersSubflowsAreNotRead() {
        const Places places;
        Places::write(places.elsewhere() / "part.rill", "{ this is no pipeline");
        const Catalogue kinds = builtin();
        const std::string nodes = R"({"id":"in","type":"rows","params":{"columns":["n INT"],"rows":[[1]]}},
            {"id":"sub","type":"subflow","params":{"file":"../elsewhere/part.rill"}},
            {"id":"out","type":"table_view"})";
        const std::string wires = R"({"from":"in","to":"sub.a"},{"from":"sub.b","to":"out"})";
        const Validated limited = checked(places, nodes, wires, strange(), kinds);
        QVERIFY(!hasErrors(limited.issues));
        QVERIFY(has(words(limited.issues), "was not looked at"));
        QVERIFY(hasErrors(checked(places, nodes, wires, Trust(), kinds).issues));
    }

    /// The author of a subflow's file decides which files it names, whoever owns the pipeline around it.
    void aStrangeSubflowStaysInTheFolder() {
        const Places places;
        Places::write(places.project() / "part.rill",
                      R"({"rill":1,"nodes":[{"id":"in","type":"csv_source","params":{"path":"/etc/passwd",)"
                      R"("columns":["n INT"]}},{"id":"b","type":"subflow_output"}],)"
                      R"("wires":[{"from":"in","to":"b"}]})");
        const Catalogue kinds = builtin();
        const std::string nodes =
            R"({"id":"sub","type":"subflow","params":{"file":"part.rill"}},{"id":"out","type":"table_view"})";
        const std::string wires = R"({"from":"sub.b","to":"out"})";
        Trust own;
        QCOMPARE(words(checked(places, nodes, wires, own, kinds).issues), std::string());
        own.knows = [](const std::string&) { return false; };
        QVERIFY(has(words(checked(places, nodes, wires, own, kinds).issues), "was not looked at"));
    }

    void outputsElsewhereAreNotLookedAt() {
        const Places places;
        const Catalogue kinds = builtin();
        Json sink{{"id", "out"}, {"type", "sqlite_sink"}};
        sink["params"] = {{"database", (places.elsewhere() / "secret.csv").native()}, {"table", "t"}};
        const std::string nodes = numbers() + sink.dump();
        QVERIFY(has(words(checked(places, nodes, kWire, Trust(), kinds).issues), "not an SQLite database"));
        const std::string limited = words(checked(places, nodes, kWire, strange(), kinds).issues);
        QVERIFY(!has(limited, "not an SQLite database") && has(limited, "was not looked at"));
    }
};

QTEST_APPLESS_MAIN(TestFileReach)
#include "test_file_reach.moc"
