// A run somewhere else, which a RunSession shows instead of its own: everything that looks at the session
// sees it, and need not know where it is.
#pragma once
#include <QDateTime>
#include <QObject>
#include <memory>
#include <vector>

#include "core/stream/live_view.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

/// GUI thread; no call waits for anything.
class RemoteRun : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;
    /// Never Paused: clusters don't.
    virtual RunSession::State state() const = 0;
    virtual const RunSnapshot& snapshot() const = 0;
    virtual const Status& failure() const = 0;                  ///< of Failed
    virtual const std::vector<Issue>& startIssues() const = 0;  ///< why it was refused
    virtual const Pipeline& pipeline() const = 0;               ///< as it was submitted
    virtual QDateTime startedAt() const = 0;                    ///< null: never
    virtual QDateTime endedAt() const = 0;                      ///< null: not yet
    /// When the newest figures were asked for; null: there are none.
    virtual QDateTime figuresAt() const = 0;
    /// Why there are no newer figures just now; empty: there are.
    virtual QString connectionProblem() const = 0;
    virtual std::shared_ptr<LiveView> view(const NodeId& node) const = 0;
    /// Why figures of wires and nodes are never told there; empty: the cluster may tell all of them.
    virtual QString whyUntold() const { return {}; }
    /// Why the pictures of charts stand still just now; empty: they don't.
    virtual QString chartTrouble() const { return {}; }
    /// When rows came to charts last; null: none have yet, or it is not known.
    virtual QDateTime chartRowsAt() const { return {}; }
    /// It goes on, but only as long as it is shown: showing another run ends it.
    virtual bool endsUnwatched() const { return false; }

 Q_SIGNALS:
    void stateChanged();
    /// snapshot() is another.
    void updated();
    /// Another run has begun: views are new, or none.
    void replaced();
    /// Something to tell a person, once.
    void noted(const rw::RunNote& note);
};

}  // namespace rw::ui
