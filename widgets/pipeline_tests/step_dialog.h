// The dialog that asks what a step of a test is: what happens or is expected, where, and how. Its rows are
// typed in the table.
#pragma once
#include <QDialog>
#include <optional>

#include "core/pipeline_tests/test_file.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace rw::ui {

class FormRow;
class PipelineDocument;

class StepDialog : public QDialog {
    Q_OBJECT
 public:
    /// Of a step that is there, or of one that is to be added. The document must outlive it.
    StepDialog(const PipelineDocument& document, PipelineTestStep step, bool isNew, QWidget* parent);

    /// What was agreed to. Its rows are those of the step before, by the names of columns.
    PipelineTestStep step() const;

 private:
    using Verb = PipelineTestStep::Verb;

    Verb verb() const;
    void build(bool isNew);
    void fill();
    void fillPlaces();
    void showFields();
    void check();
    std::optional<PipelineTestStep> made() const;
    bool readValue(PipelineTestStep& step) const;
    void keepRows(PipelineTestStep& step) const;

    const PipelineDocument& m_document;
    const PipelineTestStep m_before;
    QComboBox *m_verb, *m_place, *m_window;
    QLineEdit *m_value, *m_columns, *m_within;
    QCheckBox *m_onlyCount, *m_ordered;
    QSpinBox* m_count;
    FormRow *m_verbRow, *m_placeRow, *m_valueRow, *m_windowRow, *m_columnsRow, *m_withinRow;
    QPushButton* m_ok;
};

}  // namespace rw::ui
