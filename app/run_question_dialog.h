// Asks before a run: what it would overwrite, or all that a pipeline from elsewhere would touch. Accepted:
// the run may go on. Whatever files are called, their names are shown as they are, on one line.
#pragma once
#include <QDialog>

#include "widgets/document/run_question.h"

class QTableWidget;

namespace rw::ui {

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

}  // namespace rw::ui
