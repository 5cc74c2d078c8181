// A list of lines of SQL: select items, sort columns, branches, column definitions. Each line is checked by
// itself. A long list is one text, with an item in each line: an editor for each would make the form slow.
#pragma once
#include <QStringList>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "widgets/inspector/fields/param_field.h"

class QPushButton;
class QVBoxLayout;

namespace rw::ui {

class Completions;
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
    void add();
    void addLine(const QString& text);
    void removeLine(QWidget* row);
    void dropLastLine();
    void showAsText();
    void markText(const std::vector<Issue>& issues);
    QStringList items() const;
    void notifyEdited();
    QString addText() const;
    std::set<std::string> taken() const;
    std::string nextColumn(const std::set<std::string>& taken) const;
    QString renamed(const std::string& column, const std::set<std::string>& taken) const;
    QString starter() const;

    Schema m_columns;
    std::shared_ptr<const Completions> m_completions;  ///< of all lines
    std::vector<Line> m_lines;
    ExpressionEdit* m_text = nullptr;  ///< instead of the lines; it stays when the list becomes short
    QStringList m_shown;               ///< as text, and in the document
    QVBoxLayout* m_rows;
    QPushButton* m_add;
};

}  // namespace rw::ui
