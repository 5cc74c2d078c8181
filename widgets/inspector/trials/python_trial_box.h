// Below the code of a node in Python: a few rows, a button that runs the function on them, and what it gave,
// printed or failed with. Nothing is started before a person agreed to run this code with this interpreter.
#pragma once
#include <memory>
#include <string>

#include "widgets/inspector/trials/python_trial.h"
#include "widgets/inspector/trials/trial_box.h"
#include "widgets/inspector/trials/trial_memory.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace rw::ui {

class HintBox;
class InputRows;
class PipelineDocument;
class PythonField;
class RunSession;

class PythonTrialBox final : public TrialBox {
    Q_OBJECT
 public:
    /// Of the node whose code `field` has. All but `session`, which may be null, must outlive it.
    PythonTrialBox(PipelineDocument& document, RunSession* session, NodeId node, PythonField& field,
                   TrialMemory& memory, QWidget* parent = nullptr);

    const PythonTrial& trial() const { return m_trial; }
    void refresh() override;

 private:
    void begin();
    void answer(int action);
    void run();
    void showReport();
    void showRows(const Batch& rows);
    void say(const QString& title, const QString& words);
    void mark(int line, const std::string& words);
    void showFile();

    PipelineDocument& m_document;
    const NodeId m_node;
    PythonField& m_field;
    TrialMemory& m_memory;
    PythonTrial m_trial;
    InputRows* m_input;
    TypedRows* m_rows;
    QPushButton *m_try, *m_take;
    HintBox *m_question, *m_failure;
    QLabel *m_count, *m_waits;
    QTableWidget* m_result;
    QPlainTextEdit* m_printed;
    bool m_waiting = false;     ///< for the document to be validated, to try then
    std::string m_asked{};      ///< the fingerprint that the question is about
    std::string m_triedCode{};  ///< of the report that is shown
    QString m_filePath{};       ///< whose text is shown, or being read
};

}  // namespace rw::ui
