#include "tests/unit/app/made_cluster.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <utility>

#include "app/running/engine_choice.h"
#include "app/running/main_tool_bar.h"
#include "app/status_line.h"
#include "core/cluster/target_file.h"
#include "widgets/files/file_actions.h"
#include "widgets/pane/pane.h"
#include "widgets/theme/pill.h"

namespace rw::ui {

namespace {

class MadeRun : public ClusterRun {
 public:
    explicit MadeRun(std::shared_ptr<MadeJob> job) : m_job(std::move(job)) {}
    ClusterStatus look() const override { return m_job->look; }
    std::shared_ptr<LiveView> view(const NodeId&) const override { return nullptr; }
    std::optional<Deployment> deployment() const override { return m_job->remembered; }
    void cancel() override {
        ++m_job->cancelled;
        m_job->say(ClusterState::Stopped);
    }
    void stop(const std::string& folder) override {
        m_job->stoppedInto = folder;
        m_job->say(ClusterState::Stopping);
    }

 private:
    std::shared_ptr<MadeJob> m_job;
};

}  // namespace

Target madeFlink(const std::string& name) {
    Target target;
    target.name = name;
    target.flink.gateway = "http://127.0.0.1:1";
    target.flink.jobManager = "http://127.0.0.1:1";
    return target;
}

Target madeSpark(const std::string& name) {
    Target target;
    target.name = name;
    target.engine = Engine::Spark;
    return target;
}

TargetsOnDisk::TargetsOnDisk(const std::vector<Target>& targets) {
    if (!writeTargets(targets).ok()) qFatal("the targets can't be written");
}

ClusterWindow::ClusterWindow(const std::vector<Target>& targets) : TargetsOnDisk(targets) {
    const auto make = [list = jobs](ClusterRequest request) {
        auto job = std::make_shared<MadeJob>();
        job->request = std::move(request);
        list->push_back(job);
        return std::make_unique<MadeRun>(job);
    };
    ClusterMakers makers;
    makers.deploy = make;
    makers.watch = [make, list = jobs](ClusterRequest request, Deployment deployment) {
        auto run = make(std::move(request));
        MadeJob& job = *list->back();
        job.watched = true;
        job.look.job = deployment.job;
        job.look.started = deployment.started;
        job.remembered = std::move(deployment);
        job.say(ClusterState::Running);
        return run;
    };
    cluster().setMakers(std::move(makers));
    window->findChild<FileActions*>()->startEmpty();
    (void)QTest::qWaitForWindowActive(window.get(), 30'000);
}

ClusterWindow::~ClusterWindow() {
    document().startEmpty();
}

MainToolBar& ClusterWindow::bar() const {
    return *window->findChild<MainToolBar*>();
}

const Pill& ClusterWindow::pill() const {
    return *bar().findChild<Pill*>();
}

Pane* ClusterWindow::pane(const char* id) const {
    return window->findChild<Pane*>(QLatin1String(id));
}

bool ClusterWindow::statusSays(const QString& words) const {
    const auto labels = window->findChild<StatusLine*>()->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(words);
    });
}

QStringList ClusterWindow::engines() const {
    const EngineChoice& choice = bar().engineChoice();
    QStringList lines;
    for (int i = 0; i < choice.count(); ++i) {
        if (!choice.itemText(i).isEmpty()) lines << choice.itemText(i);
    }
    return lines;
}

void ClusterWindow::choose(const QString& engine) const {
    EngineChoice& choice = bar().engineChoice();
    const int index = choice.findText(engine);
    if (index < 0) qFatal("there is no such engine");
    choice.setCurrentIndex(index);
    Q_EMIT choice.activated(index);
}

void ClusterWindow::addOrders() {
    QFile data(folder.filePath(QStringLiteral("in.csv")));
    if (!data.open(QIODevice::WriteOnly) || data.write("id\n1\n2\n") < 0) qFatal("no data");
    if (!document().saveAs(folder.filePath(QStringLiteral("orders.rill"))).ok()) qFatal("not saved");
    source = document().addNode(
        {"csv_source", Json::parse(R"({"path": "in.csv", "columns": ["id BIGINT"]})"), {}}, {0, 0});
    filter = document().addNodeBehind({"filter", Json{{"condition", "id > 1"}}, QStringLiteral("Large ones")},
                                      {300, 0}, {source, "out"});
    sink = document().addNodeBehind({"csv_sink", Json{{"path", "out.csv"}}, {}}, {600, 0}, {filter, "out"});
    if (!document().save().ok()) qFatal("not saved");
    if (!QTest::qWaitFor([this] { return document().isValidated(); }, 30'000)) qFatal("not validated");
}

Deployment ClusterWindow::deployment(const std::string& job, const std::string& target) const {
    Deployment deployment;
    deployment.job = job;
    deployment.target = target;
    deployment.file = document().path().toStdString();
    deployment.pipeline = document().pipeline();
    deployment.started = 1'700'000'000'000;
    deployment.state = "RUNNING";
    return deployment;
}

bool ClusterWindow::deployed(const std::string& job) const {
    const std::size_t before = made();
    bar().runAction()->trigger();
    if (!QTest::qWaitFor([&] { return made() > before; }, 20'000)) return false;
    newest().look.job = job;
    newest().look.started = 1'700'000'000'000;
    newest().remembered = deployment(job);
    newest().say(ClusterState::Running);
    return QTest::qWaitFor([this] { return session().state() == RunSession::State::Running; }, 20'000);
}

void ClusterWindow::settle() {
    for (int i = 0; i < 8; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

QList<Pane*> ClusterWindow::panes() const {
    return lastingPanes();
}

// Nodes are judged by a chosen cluster; the figures are those of the run here.
void ClusterWindow::open(Pane& pane) const {
    const QStringList all = engines();
    choose(pane.facts().id == QByteArrayView("portability") ? all.at(1) : all.front());
    pane.opens()->trigger();
    settle();
    for (auto* view : pane.findChildren<QAbstractItemView*>()) {
        if (view->isVisible() && view->model() != nullptr && view->model()->rowCount() > 0 &&
            view->selectionModel() != nullptr && !view->selectionModel()->hasSelection())
            view->setCurrentIndex(view->model()->index(0, 0));
    }
    QTest::qWait(300);  // what is read on other threads is there soon
    settle();
}

}  // namespace rw::ui
