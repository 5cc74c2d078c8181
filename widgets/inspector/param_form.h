// The settings of one node: a field for each declared parameter, with its errors under it.
#pragma once
#include <QPointer>
#include <QScrollArea>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "core/connect/connections/connection_browser.h"
#include "widgets/document/pipeline_document.h"

class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class CollapsibleSection;
class ColumnReader;
class FormFact;
class InputColumns;
class ParamRow;
class RenameFollower;
class ResultColumns;
class RunSession;
class SampleFigures;
class SubjectChooser;
class TrialBox;
struct TrialMemory;
struct FieldContext;

class ParamForm : public QScrollArea {
    Q_OBJECT
 public:
    explicit ParamForm(PipelineDocument& document, QWidget* parent = nullptr);
    ~ParamForm() override;

    /// Shows this node; empty: nothing.
    void setNode(const NodeId& node);
    /// Puts the cursor into the parameter's field.
    void focusParam(const std::string& param);
    /// Missing values are shown as errors: a run was asked for. Otherwise only of fields that were touched,
    /// and emptied.
    void setLoud(bool loud);
    /// The run's suggestions; shown under the fields without errors.
    void setAdvice(std::vector<Issue> advice);
    /// Columns that are renamed in a field, once it is left.
    RenameFollower& renames() { return *m_renames; }
    /// Whose rows can be tried in forms; null, as at the beginning: rows are typed.
    void setSession(RunSession* session);
    /// Whose rows expressions are valued on, see value_box.h; null, as at the beginning: none.
    void setSample(SampleFigures* sample);
    /// Of connections whose topics or tables can be chosen; none: names are typed.
    void setBrowsers(ConnectionBrowsers browsers);

 Q_SIGNALS:
    void lateRowsRequested(const rw::NodeId& node);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// Of the field that has the keyboard.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void onFocus(QWidget* left, QWidget* taken);
    void edit(const std::string& param, const Json& value);
    void leaveField();
    void forgetNode();
    void rebuild();
    FormFact* addFact(const QString& label, const QString& icon, QVBoxLayout& into);
    void addPurpose(const NodeKind& kind, QVBoxLayout& into);
    void addHeading(const ParamSpec& spec, const ParamRow& row, QVBoxLayout& into);
    void addSides(QVBoxLayout& into);
    void addRow(ParamRow* row, QVBoxLayout& into);
    void addReadColumns(ParamRow& row);
    void addInputColumns(ParamRow& row);
    void addChoice(ParamRow& row);
    void addTrial(ParamRow& row);
    void addValues(ParamRow& row);
    void fitLabels();
    void refreshValues();
    void refreshFacts();
    QString timeColumns() const;
    QStringList lateTakers() const;
    QString feeding(std::size_t side) const;
    void refreshIssues();
    void refreshReading();
    std::vector<Issue> issuesOf(const std::string& param) const;
    bool isQuiet(const Issue& issue) const;
    FieldContext context() const;
    const Node* node() const;

    PipelineDocument& m_document;
    ColumnReader* m_reader;
    SubjectChooser* m_chooser;
    RenameFollower* m_renames;
    RunSession* m_session = nullptr;
    QPointer<SampleFigures> m_sample{};
    const std::unique_ptr<TrialMemory> m_memory;
    int m_zoom;  ///< percent, of the fields as they stand
    NodeId m_node;
    std::vector<Issue> m_advice;
    bool m_loud = false;
    std::set<std::pair<NodeId, std::string>> m_touched;  ///< parameters that a person changed
    std::vector<ParamRow*> m_rows;
    CollapsibleSection* m_advanced = nullptr;
    std::vector<FormFact*> m_facts;
    // Those that the node has no use for are null, or none.
    QPushButton* m_readColumns = nullptr;
    FormFact *m_timeColumn = nullptr, *m_lateRows = nullptr;
    std::vector<FormFact*> m_sides;  ///< of a join: the senders of left and right
    InputColumns* m_inputColumns = nullptr;
    TrialBox* m_trial = nullptr;
    ResultColumns* m_resultColumns = nullptr;
};

}  // namespace rw::ui
