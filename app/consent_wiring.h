// Puts the questions of a run's consent to the person at the window.
#pragma once
#include <QObject>

#include "widgets/document/run_session.h"

namespace rw::ui {

class ConsentWiring : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    ConsentWiring(PipelineDocument& document, RunSession& session, RunConsent& consent, QWidget* window);

 private:
    void ask(const RunQuestion& question);

    PipelineDocument& m_document;
    RunSession& m_session;
    QWidget* m_window;
};

}  // namespace rw::ui
