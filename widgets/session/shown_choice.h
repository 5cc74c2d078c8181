// Which run is shown: that on a cluster while the document is for one, else the own.
#pragma once
#include <QObject>

namespace rw::ui {

class ClusterSession;
class RunSession;

class ShownChoice : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    ShownChoice(RunSession& session, ClusterSession& cluster, QObject* parent = nullptr);

    /// Runs the document in the embedded engine, whichever it is for.
    void runHere();

 private:
    void refresh();

    RunSession& m_session;
    ClusterSession& m_cluster;
};

}  // namespace rw::ui
