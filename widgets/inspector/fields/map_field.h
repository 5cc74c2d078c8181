// Names and their values, a line each.
#pragma once
#include "widgets/inspector/fields/param_field.h"
#include "widgets/theme/while_whole.h"

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class MapField final : public ParamField {
    Q_OBJECT
 public:
    explicit MapField(const ParamSpec& spec);
    QWidget* headTool() override { return m_add; }
    bool isWide() const override { return true; }
    void setIssues(const std::vector<Issue>& issues) override;
    void setValue(const Json& value) override;

 private:
    struct Line {
        QWidget* row;
        QLineEdit *name, *value;
    };
    void addLine();
    void removeLine(const QWidget* row);
    void notifyEdited();
    Json typed() const;

    std::vector<Line> m_lines;
    QVBoxLayout* m_rows;
    QPushButton* m_add;
    WhileWhole m_whileWhole;
};

}  // namespace rw::ui
