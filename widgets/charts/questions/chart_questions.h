// Leads questions from charts, wherever they are shown, to who answers them.
#pragma once
#include <QAction>
#include <QObject>
#include <QPointer>

#include "core/pipeline/pipeline.h"
#include "widgets/charts/questions/chart_ask.h"

namespace rw::ui {

/// GUI thread only. Charts offer questions as long as somebody answers them.
class ChartQuestions : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;

    /// From now on there is somebody. The actions ask about the chart that has the keyboard; windows of
    /// charts have them, too, and menus say their keys.
    void answerBy(QAction* why, QAction* missing);
    bool isAnswered() const { return m_why != nullptr; }
    QAction* why() const { return m_why; }          ///< null: nobody answers
    QAction* missing() const { return m_missing; }  ///< likewise

 Q_SIGNALS:
    void asked(const rw::NodeId& chart, const rw::ui::ChartAsk& ask);
    /// Why there is no row of which that is true; a person completes it. Empty: nothing is known of it.
    void missed(const rw::NodeId& chart, const QString& where);

 private:
    QPointer<QAction> m_why, m_missing;
};

}  // namespace rw::ui
