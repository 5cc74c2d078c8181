// The question before a run: what it would overwrite, or all that a pipeline from elsewhere would touch.
#pragma once
#include <QDialog>

#include "widgets/document/run_question.h"
#include "widgets/document/run_session.h"

class QTableWidget;

namespace rw::ui {

/// Accepted: the run may go on. Whatever files are called, their names are shown as they are, on one line.
class RunQuestionDialog : public QDialog {
    Q_OBJECT
 public:
    /// `pipeline`: what the person knows it by.
    RunQuestionDialog(const RunQuestion& question, const QString& pipeline, QWidget* parent);

 private:
    QString head() const;
    QString explanation() const;
    QString agreement() const;  ///< the words of the button that lets the run go on
    QTableWidget* makeTable();
    void addRow(QTableWidget& table, int row, const RunQuestion::Target& target) const;

    const RunQuestion m_question;
    const QString m_pipeline;
    std::vector<RunQuestion::Target> m_foreign{};
};

/// Puts the questions of a run's consent to the person at the window.
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
