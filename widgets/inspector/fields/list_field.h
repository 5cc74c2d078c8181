// A list of lines of SQL: select items, sort columns, branches, column definitions. Each line is checked by
// itself.
#pragma once
#include "widgets/inspector/fields/param_field.h"

class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class ExpressionEdit;

class ListField final : public ParamField {
    Q_OBJECT
 public:
    explicit ListField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    QWidget* headTool() override { return m_add; }

 private:
    struct Line {
        QWidget* row;
        ExpressionEdit* edit;
    };
    void addLine(const QString& text);
    void removeLine(QWidget* row);
    void notifyEdited();
    QString addText() const;
    QString starter() const;

    Schema m_columns;
    std::vector<Line> m_lines;
    QVBoxLayout* m_rows;
    QPushButton* m_add;
};

}  // namespace rw::ui
