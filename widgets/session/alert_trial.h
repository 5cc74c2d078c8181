// An alert rule tried on the tape of the last run while it is edited: how often it would have raised.
#pragma once
#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/stream/alerts/alert_board.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class RunSession;

/// Copies, for any thread.
struct AlertTrialRequest {
    Pipeline pipeline{};
    NodeId alert{};
    ValidateOptions validate{};
    std::shared_ptr<const Catalogue> catalogue{};
    std::string tape{};  ///< its path
};

struct AlertTrialReport {
    AlertBoard::Look look{};  ///< of that rule alone
    AlertBoard::Judged judged{};
    bool whole = true;  ///< the tape was replayed to its end; otherwise that took too long
};

/// Replays the tape through the alert and what is before it. Nobody is told, nothing else is read or written.
/// Waits for that, until `cancelled`: ErrorCode::Cancelled.
Result<AlertTrialReport> tryAlert(const AlertTrialRequest& request, const std::function<bool()>& cancelled);

/// On the GUI thread: tries the rule of one node, anew when it, what is before it, or the tape is another.
class AlertTrial : public QObject {
    Q_OBJECT
 public:
    static constexpr int kSettleMillis = 400;  ///< after an edit, which may be followed by others

    /// Both must outlive it.
    AlertTrial(const PipelineDocument& document, const RunSession& session, QObject* parent = nullptr);
    ~AlertTrial() override;

    /// An alert node; empty: none is tried.
    void setNode(const NodeId& node);
    /// The last run has left no tape, and replayed none.
    bool lacksTape() const { return m_tape.isEmpty(); }
    /// A trial is under way, or about to begin; what there is, is of the one before.
    bool isTrying() const { return m_trial.isWaiting() || m_soon.isActive(); }
    const std::optional<AlertTrialReport>& report() const { return m_report; }
    const Status& failure() const { return m_failure; }  ///< why there is no report

 Q_SIGNALS:
    void changed();

 private:
    void look();
    void begin();
    void take(const Result<AlertTrialReport>& report);

    const PipelineDocument& m_document;
    const RunSession& m_session;
    NodeId m_node{};
    QString m_tape{};         ///< of what is shown, or tried
    QDateTime m_tapeEnded{};  ///< when its run was over; null: it went on
    Pipeline m_tried{};       ///< the same
    QTimer m_soon{};
    std::optional<AlertTrialReport> m_report{};
    Status m_failure{};
    Worker m_worker{};
    Latest m_trial{this};
};

}  // namespace rw::ui
