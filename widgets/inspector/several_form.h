// The settings that several nodes share: one field for all of them. A field whose values differ says so; a
// value given there is set in all of them, in one step.
#pragma once
#include <QScrollArea>
#include <vector>

#include "widgets/document/pipeline_document.h"

class QLabel;
class QVBoxLayout;

namespace rw::ui {

class CollapsibleSection;
class ParamRow;
struct FieldContext;

class SeveralForm : public QScrollArea {
    Q_OBJECT
 public:
    explicit SeveralForm(PipelineDocument& document, QWidget* parent = nullptr);
    ~SeveralForm() override;

    /// None: nothing.
    void setNodes(const std::vector<NodeId>& nodes);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    struct Row {
        ParamRow* row = nullptr;
        QLabel* instead = nullptr;  ///< why there is no field
    };
    void leaveField();
    void rebuild();
    void addRow(const ParamSpec& spec, QVBoxLayout& into);
    void set(const ParamSpec& spec, const Json& value);
    void refreshValues();
    void refreshIssues();
    void showValue(const Row& row);
    void fitLabels();
    FieldContext contextOf(const NodeId& node) const;
    FieldContext context() const;

    PipelineDocument& m_document;
    std::vector<NodeId> m_nodes;
    std::vector<const ParamSpec*> m_shared;
    std::vector<Row> m_rows;
    CollapsibleSection* m_advanced = nullptr;
    int m_zoom;  ///< percent, of the fields as they stand
};

}  // namespace rw::ui
