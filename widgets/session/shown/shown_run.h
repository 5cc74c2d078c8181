// The run that is shown, as one face for a run of this window, a replay, a run on a cluster, and none: what
// it can show, or have done to it, and why not. Views ask it for the ability that they need, and not where
// the run is; tests/house refuses the other question outside of widgets/session.
#pragma once
#include <QCoreApplication>
#include <QString>

namespace rw::ui {

class RemoteRun;

enum class RunAbility {
    Figures,      ///< counts and rates of nodes, as far as RunSession::snapshot() knows them
    AllFigures,   ///< also those of tasks, queues and state, and of every node
    Rows,         ///< the rows that pass, RunSession::tap()
    KeptRows,     ///< late and rejected rows one by one, RunSession::keptRows()
    Watermarks,   ///< of every node and its inputs; else of those that the snapshot knows
    Windows,      ///< single windows, RunSession::watchWindows()
    Alerts,       ///< RunSession::alerts()
    Guarantees,   ///< what sources and sinks promise, by the rules of the embedded engine
    Checkpoints,  ///< those on this computer, from which a run can be resumed
    Versions,     ///< its pipeline is one of the versions of the document
    Pausing,
    Stepping,   ///< steps and breakpoints; a step may begin the run
    Applying,   ///< it takes over changes to the pipeline
    Finishing,  ///< its sources can be ended, so that open windows give their results
    Requests,   ///< RunSession::ask()
    Seeking     ///< RunSession::seek(), once a tape is chosen
};
inline constexpr RunAbility kLastAbility = RunAbility::Seeking;

/// A moment's answer, to be used at once. RunSession::shownRun() gives it.
class ShownRun {
    Q_DECLARE_TR_FUNCTIONS(rw::ui::ShownRun)

 public:
    enum class Kind {
        None,        ///< nothing has run here, and nothing runs
        Ended,       ///< here
        Own,         ///< here, under way
        Replay,      ///< likewise, from a tape
        Undeployed,  ///< a cluster is chosen, and nothing has run there
        Elsewhere    ///< on a cluster, under way or ended
    };
    /// `remote`: of the last two kinds, else null.
    explicit ShownRun(Kind kind, const RemoteRun* remote = nullptr) : m_kind(kind), m_remote(remote) {}

    bool has(RunAbility ability) const;
    /// Why it has not, fit to be shown: a sentence without its full stop. Empty: it has.
    QString lacks(RunAbility ability) const;

    bool isNone() const { return m_kind == Kind::None; }
    /// For words that name the place, and for commands that a cluster has instead.
    bool isElsewhere() const { return m_remote != nullptr; }
    /// RunSession::updated() comes every frame, and views may leave some of them out. Otherwise it comes
    /// seldom, also after the end, and each time there is something to see.
    bool updatesOften() const { return m_kind == Kind::Own || m_kind == Kind::Replay; }

 private:
    Kind m_kind;
    const RemoteRun* m_remote;
};

}  // namespace rw::ui
