// Files of earlier programs are read by this one: pipelines, checkpoints of every node type with
// state, tapes, targets. `test_kept_formats --make FOLDER` makes a new set; tests/fixtures/README.md says
// when and how.
#include <QtTest/QtTest>
#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "core/cluster/target_file.h"
#include "core/forecast/state_rules.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/fixtures/state_text.h"
#include "tests/unit/nodes/format_set.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

using Lines = std::vector<std::string>;

std::vector<fs::path> setsHere() {
    return formatSets(RILLWRIGHT_SOURCE);
}

void eachPipeline() {
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("name");
    for (const fs::path& set : setsHere()) {
        for (const std::string& name : pipelinesOf(set)) {
            QTest::addRow("%s/%s", set.filename().c_str(), name.c_str())
                << QString::fromStdString(set.string()) << QString::fromStdString(name);
        }
    }
}

Lines linesOf(const fs::path& file) {
    Lines lines;
    std::istringstream content(contentOf(file));
    for (std::string line; std::getline(content, line);) lines.push_back(line);
    return lines;
}

/// Empty: it is as expected.
std::string wrongIn(const Result<Lines>& outcome, const FormatCase& from) {
    if (!outcome.ok()) return english(outcome.error());
    const Lines expected = linesOf(from.kept(".expected"));
    if (expected.empty()) return "the set does not say what to expect";
    return firstDifference(expected, *outcome);
}

/// Whether runs of it leave something that must be resumed.
bool keepsSomething(const NodeKind& kind) {
    if (kind.subflow != SubflowRole::None) return false;
    if (kind.group == NodeGroup::Sink) return true;
    const std::vector<Json> tried = variants(kind);
    return std::any_of(tried.begin(), tried.end(), [&kind](const Json& params) {
        const NodeKind& whole = withPorts(kind, params);
        const BoundForTest bound = bindNode(whole, params, inputsOf(whole, sampleStream()));
        return bound.node && forecasting::stateRuleOf(kind, *bound.node).sort != forecasting::StateSort::None;
    });
}

/// Rows that wait: for their time, or for the world outside the run.
bool holdsRows(const std::string& state) {
    const Lines fields = stateText(state);
    return std::find(fields.begin(), fields.end(), "held:") != fields.end();
}

}  // namespace

class TestKeptFormats : public QObject {
    Q_OBJECT

    /// Of all sets.
    static void readSavedStates(FormatCase::SavedStates& kept) {
        for (const fs::path& set : setsHere()) {
            for (const std::string& name : pipelinesOf(set)) {
                FormatCase from(set, name);
                from.putOutputsBack();
                Result<FormatCase::SavedStates> states = from.savedStates();
                QVERIFY2(states.ok(), states.ok() ? "" : english(states.error()).c_str());
                for (auto& [type, some] : *states) {
                    std::vector<std::string>& all = kept[type];
                    std::move(some.begin(), some.end(), std::back_inserter(all));
                }
            }
        }
    }

 private Q_SLOTS:
    void checkpointsAreGoneOnFrom_data() { eachPipeline(); }
    void checkpointsAreGoneOnFrom() {
        QFETCH(QString, set);
        QFETCH(QString, name);
        FormatCase from(set.toStdString(), name.toStdString());
        from.putOutputsBack();
        const std::string wrong = wrongIn(from.secondHalf(), from);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void tapesAreReplayed_data() { eachPipeline(); }
    void tapesAreReplayed() {
        QFETCH(QString, set);
        QFETCH(QString, name);
        FormatCase from(set.toStdString(), name.toStdString());
        const std::string wrong = wrongIn(from.replay(from.kept(".rill-tape")), from);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    /// A node type that keeps something is in a set before its release: tests/fixtures/README.md.
    void everyNodeThatKeepsSomethingIsThere() {
        FormatCase::SavedStates kept;
        readSavedStates(kept);
        const Catalogue catalogue = builtin();
        std::set<std::string> inNoSet;
        for (const std::string& line : linesOf(fs::path(RILLWRIGHT_SOURCE) / "tests/fixtures/in_no_set")) {
            if (!line.starts_with("#")) inNoSet.insert(line);
        }
        for (const NodeKind& kind : catalogue.kinds()) {
            if (!keepsSomething(kind)) continue;
            const bool excused = inNoSet.erase(kind.type) > 0, there = kept.contains(kind.type);
            QVERIFY2(there || excused,
                     ("no checkpoint in tests/fixtures has a state of the node type " + kind.type +
                      ": until one has, put its name into tests/fixtures/in_no_set")
                         .c_str());
            QVERIFY2(!there || !excused, (kind.type + " is in a set: take it out of in_no_set").c_str());
        }
        QVERIFY2(inNoSet.empty(), "in_no_set names a type that is not there, or keeps nothing");
    }

    void rowsThatWaitAreThere() {
        FormatCase::SavedStates kept;
        readSavedStates(kept);
        for (const char* type : {"throttle", "lookup_join"}) {
            const std::vector<std::string>& states = kept[type];
            QVERIFY2(std::any_of(states.begin(), states.end(), holdsRows), type);
        }
    }

    void pipelinesAreSavedAsTheyWere() {
        int files = 0;
        for (const fs::path& set : setsHere()) {
            for (const fs::path& file : rillFilesOf(set)) {
                const std::string text = contentOf(file);
                const Result<Loaded> loaded = loadPipeline(text);
                QVERIFY2(loaded.ok(), file.c_str());
                QVERIFY2(savePipeline(loaded->pipeline) == text, file.c_str());
                ++files;
            }
        }
        QVERIFY(files > 0);
    }

    void targetsAreRead() {
        int files = 0;
        for (const fs::path& set : setsHere()) {
            const fs::path file = set / "targets.json";
            if (!fs::exists(file)) continue;
            const auto targets = readTargets(file.string());
            QVERIFY2(targets.ok(), targets.ok() ? "" : english(targets.error()).c_str());
            const testing::ScratchFolder scratch("targets");
            const fs::path again = scratch.path() / "targets.json";
            QVERIFY(writeTargets(*targets, again.string()).ok());
            QCOMPARE(QString::fromStdString(contentOf(again)), QString::fromStdString(contentOf(file)));
            ++files;
        }
        QVERIFY(files > 0);
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--make") {
        const std::string wrong = makeFormatSet(argv[2]);
        if (!wrong.empty()) std::fprintf(stderr, "%s\n", wrong.c_str());
        return wrong.empty() ? 0 : 1;
    }
    TestKeptFormats test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_kept_formats.moc"
