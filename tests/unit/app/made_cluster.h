// The whole window with targets, and a cluster with the behaviour that a test sets.
#pragma once
#include <QList>
#include <QStringList>
#include <QTemporaryDir>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/app/window_fixture.h"
#include "widgets/session/cluster_session.h"

namespace rw::ui {

class Pane;
class Pill;
class MainToolBar;

/// The reports of a run, and the requests to it. Outlives it.
struct MadeJob {
    ClusterRequest request{};
    ClusterStatus look{};
    std::optional<Deployment> remembered{};
    bool watched = false;  ///< submitted before
    int cancelled = 0;
    std::optional<std::string> stoppedInto{};  ///< the folder for the savepoint

    void say(ClusterState state) {
        look.state = state;
        ++look.version;
    }
};

/// A Flink of that name, at an address without a server.
Target madeFlink(const std::string& name);
Target madeSpark(const std::string& name);

/// Before the window: the content of the file of targets.
struct TargetsOnDisk {
    explicit TargetsOnDisk(const std::vector<Target>& targets);
};

/// By default with the targets “staging” (Flink) and “grid” (Spark), the embedded engine chosen.
struct ClusterWindow : TargetsOnDisk, WindowFixture {
    explicit ClusterWindow(const std::vector<Target>& targets = {madeFlink("staging"), madeSpark("grid")});
    ~ClusterWindow();

    ClusterSession& cluster() const { return *window->findChild<ClusterSession*>(); }
    RunSession& session() const { return canvas().view().canvas().session(); }
    MainToolBar& bar() const;
    const Pill& pill() const;
    Pane* pane(const char* id) const;
    bool statusSays(const QString& words) const;
    QStringList engines() const;               ///< that can be chosen, without separators
    void choose(const QString& engine) const;  ///< by its line
    /// A pipeline that a Flink can run, saved as orders.rill, validated.
    void addOrders();
    /// A job as it would be remembered of the pipeline.
    Deployment deployment(const std::string& job, const std::string& target = "staging") const;
    MadeJob& newest() const { return *jobs->back(); }
    std::size_t made() const { return jobs->size(); }
    /// Deploys, and lets the job run.
    bool deployed(const std::string& job) const;
    static void settle();  ///< until all that was posted is done
    QList<Pane*> panes() const;
    /// In front, with its first row chosen, and all read that it reads.
    void open(Pane& pane) const;

    QTemporaryDir folder;
    NodeId source, filter, sink;
    std::shared_ptr<std::vector<std::shared_ptr<MadeJob>>> jobs =
        std::make_shared<std::vector<std::shared_ptr<MadeJob>>>();
};

}  // namespace rw::ui
