// The examples: whole, valid, written canonically, laid out without overlaps, and listed for the welcome
// page. Those that end by themselves are run.
#include <QtTest/QtTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/connect/connections/local_server.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/checks/connection_check.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"
#include "tests/support/run_of.h"
#include "tests/support/sanitizer.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::string kFolder = std::string(RILLWRIGHT_SOURCE) + "/resources/examples/";

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

std::string textOf(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Pipeline pipelineOf(const QString& file) {
    return loadPipelineFile(kFolder + file.toStdString()).value().pipeline;
}

/// The area of a card on the canvas: chart and sink cards hold a picture, others settings, ports and figures.
QRectF cardOf(const Node& node) {
    const NodeKind& kind = *catalogue().find(node.type);
    const double width = kind.group == NodeGroup::Sink ? 192 : kind.group == NodeGroup::Window ? 224 : 176;
    const double rows = static_cast<double>(std::max(kind.inputs.size(), kind.outputs.size()));
    const double height = kind.group == NodeGroup::Sink ? 144 : 118 + 20 * rows;
    return {node.at.x, node.at.y, width, height};
}

bool onGrid(Point point) {
    return std::fmod(point.x, 16) == 0 && std::fmod(point.y, 16) == 0;
}

/// All of its sources come to an end.
bool endsByItself(const Pipeline& pipeline) {
    ValidateOptions options;
    options.folder = kFolder;
    const Validated validated = validate(pipeline, catalogue(), options);
    return std::none_of(validated.nodes.begin(), validated.nodes.end(),
                        [](const auto& node) { return node.second.bound && node.second.bound->live; });
}

}  // namespace

class TestExamples : public QObject {
    Q_OBJECT

    template <class Fits>
    static void eachExample(Fits fits) {
        QTest::addColumn<QString>("file");
        const QStringList files = QDir(QString::fromStdString(kFolder)).entryList({QStringLiteral("*.rill")});
        bool any = false;
        for (const QString& file : files) {
            if (!fits(file)) continue;
            any = true;
            QTest::newRow(qPrintable(file)) << file;
        }
        QVERIFY(any);
    }
    static void eachExample() {
        eachExample([](const QString&) { return true; });
    }

 private Q_SLOTS:
    void areCanonical_data() { eachExample(); }
    void areCanonical() {
        QFETCH(QString, file);
        const std::string text = textOf(kFolder + file.toStdString());
        const auto loaded = loadPipeline(text);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : english(loaded.error()).c_str());
        QVERIFY2(loaded->warnings.empty(),
                 loaded->warnings.empty() ? "" : english(loaded->warnings[0]).c_str());
        QCOMPARE(QString::fromStdString(savePipeline(loaded->pipeline)), QString::fromStdString(text));
    }

    void areValid_data() { eachExample(); }
    void areValid() {
        QFETCH(QString, file);
        ValidateOptions options;
        options.folder = kFolder;
        const Validated validated = validate(pipelineOf(file), catalogue(), options);
        for (const Issue& issue : validated.issues) {
            // A followed file need not be there yet.
            const bool logMissing = issue.severity == Severity::Warning && issue.param == "path" &&
                                    english(issue.message).starts_with("There is no file “");
            QVERIFY2(logMissing, english(issue).c_str());
        }
        QVERIFY(validated.runnable());
    }

    void areLaidOutWell_data() { eachExample(); }
    void areLaidOutWell() {
        QFETCH(QString, file);
        const Pipeline pipeline = pipelineOf(file);
        QVERIFY(pipeline.nodes.size() > 2 && pipeline.wires.size() > 1);
        std::vector<QRectF> places;
        for (const Node& node : pipeline.nodes) {
            QVERIFY2(onGrid(node.at), node.id.c_str());
            QVERIFY2(!node.title.empty(), node.id.c_str());
            places.push_back(cardOf(node));
        }
        for (const Note& note : pipeline.notes) {
            QVERIFY(onGrid(note.at) && onGrid(note.size));
            places.emplace_back(note.at.x, note.at.y, note.size.x, note.size.y);
        }
        for (std::size_t i = 0; i < places.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!places[i].adjusted(-8, -8, 8, 8).intersects(places[j]));
        }
        for (const Wire& wire : pipeline.wires) {
            const double gap =
                cardOf(*pipeline.find(wire.to.node)).left() - cardOf(*pipeline.find(wire.from.node)).right();
            QVERIFY2(gap >= 64, (wire.from.node + " to " + wire.to.node).c_str());
        }
    }

    void haveADashboardOfCharts_data() { eachExample(); }
    void haveADashboardOfCharts() {
        QFETCH(QString, file);
        const Pipeline pipeline = pipelineOf(file);
        QVERIFY(!pipeline.cards.empty());
        std::vector<QRect> places;
        for (const DashboardCard& card : pipeline.cards) {
            const Node* node = pipeline.find(card.node);
            QVERIFY2(node && catalogue().find(node->type)->chart, card.node.c_str());
            QVERIFY(card.column >= 0 && card.column + card.width <= 12);
            for (const QRect& other : places) {
                QVERIFY(!other.intersects(QRect(card.column, card.row, card.width, card.height)));
            }
            places.emplace_back(card.column, card.row, card.width, card.height);
        }
    }

    void run_data() {
        eachExample([](const QString& file) { return endsByItself(pipelineOf(file)); });
    }
    /// Of those that end by themselves every chart and table gets rows.
    void run() {
        QFETCH(QString, file);
        Pipeline pipeline = pipelineOf(file);
        // A forecast begins after two seasons: 184 000 bids.
        const bool forecasts = std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(),
                                           [](const Node& node) { return node.type == "forecast"; });
        for (Node& node : pipeline.nodes) {
            const auto rows = node.params.find("rows");
            if (rows != node.params.end() && rows->is_number())
                *rows = affordableCases(rows->get<unsigned>(), forecasts ? 250'000 : 1);
        }
        // In a copy, as a user opens them: their output is beside their input.
        const QTemporaryDir folder;
        PlanOptions options;
        options.parallelism = 2;
        options.validate.folder = folder.path().toStdString();
        std::filesystem::copy(kFolder, options.validate.folder, std::filesystem::copy_options::recursive);
        const Planned planned = makePlan(pipeline, catalogue(), options);
        RunOptions simulated;
        simulated.executor = ExecutorKind::Seeded;
        simulated.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
        const auto finished = runToEnd(planned.plan, simulated);
        QVERIFY(finished && finished->status().ok());
        const RunMetrics metrics = finished->metrics();
        for (const Node& node : pipeline.nodes) {
            if (catalogue().find(node.type)->group != NodeGroup::Sink) continue;
            QVERIFY2(metrics.nodes.at(node.id).rowsIn > 0, node.id.c_str());
        }
        if (!file.startsWith(QLatin1String("nexmark")) && file != QLatin1String("bids_from_csv.rill")) return;
        QCOMPARE(metrics.late, std::uint64_t{0});
        QCOMPARE(metrics.rejected, std::uint64_t{0});
    }

    void areListedForTheWelcomePage() {
        const Json index = Json::parse(textOf(kFolder + "index.json"));
        std::set<std::string> listed, there;
        for (const Json& entry : index) {
            const std::string file = entry.at("file");
            listed.insert(file);
            QCOMPARE(entry.at("nodes").get<std::size_t>(),
                     pipelineOf(QString::fromStdString(file)).nodes.size());
            for (const char* language : {"en", "zh_CN"}) {
                QVERIFY(!entry.at("title").at(language).get<std::string>().empty());
                QVERIFY(!entry.at("description").at(language).get<std::string>().empty());
            }
            const std::string icon = std::string(RILLWRIGHT_SOURCE) + "/resources/icons/" +
                                     entry.at("icon").get<std::string>() + ".svg";
            QVERIFY2(QFile::exists(QString::fromStdString(icon)), icon.c_str());
            std::set<std::string> needs, named;
            for (const std::string server : entry.value("needs", Json::array())) {
                QVERIFY2(localServer(server) != nullptr, server.c_str());
                needs.insert(localServer(server)->connection);
            }
            for (const ConnectionUse& use :
                 connectionUses(pipelineOf(QString::fromStdString(file)), catalogue()))
                named.insert(use.connection);
            QVERIFY2(needs == named, file.c_str());
            for (const std::string needed : entry.at("files")) {
                QVERIFY2(QFile::exists(QString::fromStdString(kFolder + needed)), needed.c_str());
            }
        }
        for (const QString& file :
             QDir(QString::fromStdString(kFolder)).entryList({QStringLiteral("*.rill")})) {
            there.insert(file.toStdString());
        }
        QCOMPARE(listed, there);
    }
};

QTEST_APPLESS_MAIN(TestExamples)
#include "test_examples.moc"
