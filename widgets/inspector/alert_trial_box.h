// Below the settings of an alert node: how often its rule, as it is now, would have raised on the tape of the
// last run. Hidden for other nodes.
#pragma once
#include <QWidget>

#include "widgets/session/alert_trial.h"

class QLabel;

namespace rw::ui {

class TrialStrip;

class AlertTrialBox : public QWidget {
    Q_OBJECT
 public:
    AlertTrialBox(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    void setNode(const NodeId& node);
    /// The settings are shown; otherwise it is hidden, and nothing is tried.
    void setWanted(bool wanted);
    const AlertTrial& trial() const { return m_trial; }

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    void showReport(const AlertTrialReport& report);
    void say(const QString& words, const QString& more, bool warns);

    PipelineDocument& m_document;
    AlertTrial m_trial;
    NodeId m_node{};
    bool m_wanted = true;
    QLabel *m_head, *m_result, *m_more;
    TrialStrip* m_strip;
};

}  // namespace rw::ui
