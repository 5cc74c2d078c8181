// gui_watch [--markdown PAGE]… : how long the window's event loop is busy at a time while it watches a job of
// thirty tasks on a Flink, and how often its charts have something new: on the canvas, with the figures of a
// node and the list of jobs, and on the dashboard. A page gets the figures of a real Flink.
//
// The Flink is one in this process that answers as a real one does, unless RILLWRIGHT_FLINK_GATEWAY and
// RILLWRIGHT_FLINK_REST say where a real one is, on this computer (`app/cluster flink up`).
#include <fmt/format.h>

#include <QAction>
#include <QMenu>
#include <QSettings>
#include <QTabBar>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/main_window.h"
#include "core/cluster/target_file.h"
#include "core/nodes/catalogue.h"
#include "tests/bench/figures.h"
#include "tests/bench/timed_application.h"
#include "tests/support/child.h"
#include "tests/support/wide_job.h"
#include "widgets/canvas/canvas_actions.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/pane.h"
#include "widgets/settings/preferences.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr std::size_t kTasks = 30, kHashes = 6;  // the hashes make it last
constexpr std::size_t kRows = 3'000'000, kRowsOfFake = 1'000;
constexpr int kWarmUpMillis = 3'000, kMillis = 15'000, kPatienceMillis = 120'000;
constexpr int kLookMillis = 20, kMetricsTab = 3;
constexpr auto kPageEvery = std::chrono::milliseconds(500);
constexpr std::size_t kPageRows = 1'500;  ///< of each chart: a page is of five thousand at most
constexpr const char* kCharts[] = {"lines", "bars", "rows"};

[[noreturn]] void endBench(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

/// Until it holds; ends the bench when it does not.
template <class Holds>
void await(const char* what, Holds&& holds) {
    for (int waited = 0; !holds(); waited += kLookMillis) {
        if (waited > kPatienceMillis) endBench(std::string(what) + ": waited in vain");
        rw::bench::wait(kLookMillis);
    }
}

std::optional<Target> realFlink() {
    const char* const gateway = std::getenv("RILLWRIGHT_FLINK_GATEWAY");
    const char* const rest = std::getenv("RILLWRIGHT_FLINK_REST");
    if (gateway == nullptr || rest == nullptr) return std::nullopt;
    Target target;
    target.name = "real";
    target.flink.gateway = gateway;
    target.flink.jobManager = rest;
    return target;
}

void writeBids(const std::string& path, std::size_t rows) {
    std::ofstream out(path, std::ios::binary);
    out << "id,channel,price,ts\n";
    for (std::size_t row = 0; row < rows; ++row) out << test::wideJobLine(row) << '\n';
}

/// Gives the charts of a fake the pages that a real one would send, one after the other.
class PageFeed {
 public:
    explicit PageFeed(test::FakeFlink& flink) : m_thread([this, &flink] { run(flink); }) {}
    ~PageFeed() {
        m_over = true;
        m_thread.join();
    }
    PageFeed(const PageFeed&) = delete;
    PageFeed& operator=(const PageFeed&) = delete;

 private:
    void run(test::FakeFlink& flink) {
        for (std::size_t row = 0; !m_over; row += kPageRows) {
            flink.addPage(test::wideJobPage(row, kPageRows));
            std::this_thread::sleep_for(kPageEvery);
        }
    }

    std::atomic<bool> m_over{false};
    std::thread m_thread;
};

/// How often something comes, and how long nothing does.
struct Beat {
    QElapsedTimer since{};
    int count = 0;
    qint64 longest = 0;  ///< ms

    void start() {
        since.start();
        count = 0;
        longest = 0;
    }
    void come() {
        longest = std::max(longest, since.restart());
        ++count;
    }
    /// The last one may have been long ago.
    void end() { longest = std::max(longest, since.elapsed()); }
    double perSecond() const { return count * 1000.0 / kMillis; }
    void print(const std::string& what) const {
        std::printf("    %-6s %4.1f times a second, %4lld ms between two at most\n", what.c_str(),
                    perSecond(), static_cast<long long>(longest));
    }
};

/// Changes of the run's charts, looked at as often as a chart is drawn at most.
class News : public QObject {
 public:
    explicit News(const RemoteRun& run) : m_run(run) {
        m_timer.setInterval(ChartScheduler::kLeastMillisBetween);
        connect(&m_timer, &QTimer::timeout, this, [this] { look(); });
    }
    void start() {
        for (const char* const chart : kCharts) m_beats[chart].start();
        m_timer.start();
    }
    void end() {
        m_timer.stop();
        for (auto& [chart, beat] : m_beats) beat.end();
    }
    void print() const {
        for (const auto& [chart, beat] : m_beats) beat.print(chart);
    }
    /// Of the chart that has them most seldom.
    const Beat& slowest() const {
        return std::min_element(m_beats.begin(), m_beats.end(),
                                [](const auto& a, const auto& b) { return a.second.count < b.second.count; })
            ->second;
    }

 private:
    void look() {
        for (auto& [chart, beat] : m_beats) {
            const std::shared_ptr<LiveView> view = m_run.view(chart);
            if (!view || m_versions[chart] == view->version()) continue;
            m_versions[chart] = view->version();
            beat.come();
        }
    }

    const RemoteRun& m_run;
    QTimer m_timer;
    std::map<NodeId, Beat> m_beats{};
    std::map<NodeId, std::uint64_t> m_versions{};
};

/// The error of a start that did not succeed.
std::string trouble(const ClusterSession& cluster) {
    std::string words;
    for (const Issue& issue : cluster.startIssues()) words += english(issue) + '\n';
    if (!cluster.failure().ok()) words += english(cluster.failure().error()) + '\n';
    return words + cluster.connectionProblem().toStdString();
}

void openPane(const MainWindow& window, const char* id) {
    auto* const pane = window.findChild<Pane*>(QLatin1String(id));
    if (pane == nullptr) endBench(std::string("there is no pane ") + id);
    pane->opens()->trigger();
}

/// The figures measured.
struct Watched {
    rw::bench::TimedApplication& app;
    const MainWindow& window;
    const ClusterSession& cluster;

    /// A row for a page.
    std::string measure(const char* what, int number) const {
        rw::bench::wait(kWarmUpMillis);
        News news(cluster);
        Beat drawn;
        QObject heard;
        for (const ChartWidget* const chart : window.findChildren<ChartWidget*>()) {
            if (!chart->isVisible()) continue;
            QObject::connect(chart, &ChartWidget::drawn, &heard, [&drawn] { drawn.come(); });
        }
        news.start();
        drawn.start();
        app.forget();
        rw::bench::wait(kMillis);
        const rw::bench::Turns turns = app.print(what);
        news.end();
        drawn.end();
        std::printf("\n");
        news.print();
        if (drawn.count > 0) drawn.print("drawn");
        const Beat& slowest = news.slowest();
        return fmt::format("| {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |", number, turns.median,
                           turns.p99, turns.longest, slowest.perSecond(),
                           static_cast<double>(slowest.longest) / 1000);
    }
};

}  // namespace

int main(int argc, char** argv) {
    const rw::testing::ScratchFolder scratch("watch");
    const std::string folder = scratch.path().string();
    // Neither the settings nor the targets of the user who measures.
    for (const char* const part : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        ::setenv(part, folder.c_str(), 1);
    rw::bench::TimedApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("rillwright-bench"));
    QCoreApplication::setApplicationName(QStringLiteral("watch"));
    auto* const theme = new Theme(app, {.mode = ThemeMode::Dark});

    const test::WideJob job = test::wideJob(kTasks, kHashes);
    test::FakeFlink fake;
    fake.make(job.explained, job.vertices);
    const std::optional<Target> real = realFlink();
    const Target target = real ? *real : fake.target();
    if (const Status written = writeTargets({target}); !written.ok()) endBench(english(written.error()));
    writeBids(folder + "/bids.csv", real ? kRows : kRowsOfFake);
    std::ofstream(folder + "/wide.rill") << job.pipeline;

    Language language;
    QSettings store;
    Preferences preferences(store, *theme, language);
    const Catalogue catalogue = builtin();
    MainWindow window(catalogue, preferences);
    window.resize(1600, 1000);
    window.show();
    window.openAtStart(QString::fromStdString(folder + "/wide.rill"), false);
    auto& cluster = *window.findChild<ClusterSession*>();
    auto& canvas = *window.findChild<CanvasWidget*>();
    PipelineDocument& document = canvas.view().canvas().document();
    cluster.setTarget(target);
    await("the pipeline is looked at",
          [&] { return document.isValidated() && !document.pipeline().nodes.empty(); });
    cluster.deploy();
    await("the job runs", [&] {
        const bool over = !cluster.isActive();
        if (over) endBench("the job does not run:\n" + trouble(cluster));
        return cluster.state() == RunSession::State::Running && !cluster.figuresAt().isNull();
    });
    std::optional<PageFeed> pages;
    if (!real) pages.emplace(fake);
    await("the charts have rows", [&] {
        const std::shared_ptr<LiveView> rows = cluster.view("rows");
        return rows && rows->rows() > 0;
    });
    std::printf("%s, %zu tasks; %zu nodes, %zu wires\n", real ? "a real Flink" : "a Flink that is played",
                kTasks, document.pipeline().nodes.size(), document.pipeline().wires.size());

    const Watched watched{app, window, cluster};
    canvas.actions().fitAll->trigger();
    std::vector<std::string> rows{watched.measure("canvas", 1)};
    document.selection().set({NodeId("per_1")});
    window.findChild<Inspector*>()->findChild<QTabBar*>()->setCurrentIndex(kMetricsTab);
    openPane(window, "jobs");
    canvas.actions().zoomActual->trigger();
    rows.push_back(watched.measure("figures", 2));
    openPane(window, "dashboard");
    rows.push_back(watched.measure("dashboard", 3));
    for (const auto& page : rw::bench::pagesIn(argc, argv)) {
        if (real) rw::bench::fillPage(page, "watch", 2, rows);
    }

    pages.reset();
    cluster.cancel();
    await("the job ends", [&] { return !cluster.isActive(); });
    return 0;
}
