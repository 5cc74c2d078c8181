// Every type of node is tried on each engine by a case of tests/golden or tests/cluster, or its refusal there
// is known by its words. Read without an engine: this counts the cases that tests/run --cluster runs.
#include <QtTest/QtTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/deploy/engine_writer.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow.h"

using namespace rw;

namespace fs = std::filesystem;

namespace {

const fs::path kTests = fs::path(RILLWRIGHT_SOURCE) / "tests";

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

/// Charts are one thing to an engine.
std::string kindOf(const NodeKind& kind) {
    return kind.chart ? "charts" : kind.type;
}

/// All that is written for an engine, or refused there for a reason of its own.
std::set<std::string> kindsOf(Engine engine) {
    std::set<std::string> out;
    for (const NodeKind& kind : kinds().kinds()) {
        if (kind.chart || !writerOf(engine).form(kind).type.empty()) out.insert(kindOf(kind));
    }
    return out;
}

std::set<std::string> linesOf(const fs::path& file) {
    std::set<std::string> out;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.front() != '#') out.insert(line);
    }
    return out;
}

std::vector<fs::path> foldersIn(const fs::path& folder) {
    std::vector<fs::path> out;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.is_directory()) out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// An engine's verdict on the pipeline in a folder.
struct CaseHere {
    CaseHere(const fs::path& folder, Engine engine, Sources sources) {
        Result<Loaded> loaded = loadPipelineFile((folder / "pipeline.rill").string());
        if (!loaded.ok()) qFatal("%s: %s", folder.c_str(), english(loaded.error()).c_str());
        TranslateOptions options;
        options.validate.folder = folder.string();
        options.validate.file = (folder / "pipeline.rill").string();
        options.sources = sources;
        options.results = sources == Sources::Staged ? Results::Selects : Results::SinksAndCharts;
        const Validated validated = validate(loaded->pipeline, kinds(), options.validate);
        for (const Issue& issue : validated.issues) {
            if (issue.severity == Severity::Error) qFatal("%s: %s", folder.c_str(), english(issue).c_str());
        }
        const Translation translation = translate(loaded->pipeline, kinds(), validated, engine, options);
        const Pipeline& runs = validated.expanded ? validated.expanded->pipeline : loaded->pipeline;
        for (const Node& node : runs.nodes) {
            const std::string kind = kindOf(*kinds().of(node));
            present.insert(kind);
            const auto verdict = translation.nodes.find(node.id);
            if (verdict == translation.nodes.end()) continue;
            for (const Remark& remark : verdict->second.findings) {
                if (remark.verdict != Verdict::Refused) continue;
                refusals.insert(node.id + ": " + english(remark.what));
                refused.insert(kind);
            }
        }
    }

    std::set<std::string> present{}, refused{};  ///< types
    std::set<std::string> refusals{};            ///< “node: why”
};

QString joined(const std::set<std::string>& words) {
    QStringList out;
    for (const std::string& word : words) out << QString::fromStdString(word);
    return out.join(u'\n');
}

/// Those that are run each time on an engine.
std::set<std::string> goldenCasesOf(Engine engine) {
    const fs::path listed = kTests / "cluster" / (std::string(engineWord(engine)) + "_cases");
    if (fs::exists(listed)) return linesOf(listed);
    std::set<std::string> all;
    for (const fs::path& folder : foldersIn(kTests / "golden" / "cases"))
        all.insert(folder.filename().string());
    return all;
}

void addEngines() {
    QTest::addColumn<Engine>("engine");
    for (const Engine engine : kEngines) QTest::newRow(engineWord(engine).data()) << engine;
}

}  // namespace

class TestKindsTried : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void casesAreRefusedInTheseWords_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Engine>("engine");
        for (const fs::path& folder : foldersIn(kTests / "cluster" / "cases")) {
            for (const Engine engine : kEngines)
                QTest::addRow("%s on %s", folder.filename().c_str(), engineWord(engine).data())
                    << QString::fromStdString(folder.filename().string()) << engine;
        }
    }
    /// `refused_on_ENGINE` has all that an engine refuses of the case; without it the case runs there.
    void casesAreRefusedInTheseWords() {
        QFETCH(QString, name);
        QFETCH(Engine, engine);
        const fs::path folder = kTests / "cluster" / "cases" / name.toStdString();
        const fs::path refused = folder / ("refused_on_" + std::string(engineWord(engine)));
        const CaseHere here(folder, engine, Sources::AsTheyAre);
        QCOMPARE(joined(here.refusals), joined(linesOf(refused)));
        QCOMPARE(fs::exists(refused), !here.refusals.empty());
    }

    void everyKindIsTriedOrRefused_data() { addEngines(); }
    void everyKindIsTriedOrRefused() {
        QFETCH(Engine, engine);
        std::set<std::string> left = kindsOf(engine);
        const auto take = [&left](const CaseHere& here) {
            // A case with a refusal does not run: its other nodes are not tried.
            for (const std::string& kind : here.refusals.empty() ? here.present : here.refused)
                left.erase(kind);
        };
        for (const fs::path& folder : foldersIn(kTests / "cluster" / "cases"))
            take(CaseHere(folder, engine, Sources::AsTheyAre));
        for (const std::string& name : goldenCasesOf(engine)) {
            const CaseHere here(kTests / "golden" / "cases" / name, engine, Sources::Staged);
            if (here.refusals.empty()) take(here);
        }
        QVERIFY2(left.empty(),
                 qPrintable(joined(left) +
                            QStringLiteral("\nNo case tries these on %1, and none says why they are refused: "
                                           "add one to tests/cluster/cases.")
                                .arg(QString::fromStdString(std::string(engineName(engine))))));
    }
};

QTEST_APPLESS_MAIN(TestKindsTried)
#include "test_kinds_tried.moc"
