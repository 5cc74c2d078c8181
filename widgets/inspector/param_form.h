// The settings of one node: a field for each declared parameter, with what is wrong under it.
#pragma once
#include <QScrollArea>
#include <map>

#include "widgets/document/pipeline_document.h"

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace rw::ui {

class CollapsibleSection;
class HintBox;
class ParamField;
struct FieldContext;

class ParamForm : public QScrollArea {
    Q_OBJECT
 public:
    explicit ParamForm(PipelineDocument& document, QWidget* parent = nullptr);

    /// Shows this node; empty: nothing.
    void setNode(const NodeId& node);
    /// Puts the cursor into the parameter's field.
    void focusParam(const std::string& param);

 Q_SIGNALS:
    void helpWanted(const QString& param);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    struct Row {
        const ParamSpec* spec;
        QLabel* label;
        ParamField* field;
        QLabel* reason;  ///< why it does not apply
        HintBox* hint;
        std::vector<std::pair<Issue, QuickFix>> fixes;
        QWidget* whole;
    };
    void rebuild();
    void addRow(const ParamSpec& spec, QVBoxLayout& into);
    void refreshValues();
    void refreshIssues();
    void refreshApplies(Row& row, const Json& params);
    FieldContext context() const;
    const Node* node() const;

    PipelineDocument& m_document;
    NodeId m_node;
    std::string m_type;
    std::vector<Row> m_rows;
    CollapsibleSection* m_advanced = nullptr;
};

}  // namespace rw::ui
