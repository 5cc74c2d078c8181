// Fields that name columns of the input.
#pragma once
#include "widgets/inspector/fields/param_field.h"
#include "widgets/theme/while_whole.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStringListModel;

namespace rw::ui {

class FlowLayout;

/// One column, from a list that a click opens; columns of types that do not fit are not offered, but any name
/// may be typed.
class ColumnField final : public ParamField {
    Q_OBJECT
 public:
    explicit ColumnField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void notifyEdited(const QString& text);
    QString emptyText(const FieldContext& context) const;  ///< what holds without a column
    void takeText(const QString& text);                    ///< of the line, when it is left
    QComboBox* m_list;
    QString m_nothing;  ///< what the list says first
    bool m_several = false;
    QStringListModel* m_names;  ///< of columns, for completion
    WhileWhole m_whileWhole;
};

/// Several columns in order: a chip each, and in the heading a menu to add another.
class ColumnsField final : public ParamField {
    Q_OBJECT
 public:
    explicit ColumnsField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    QWidget* headTool() override { return m_add; }

 private:
    void rebuild();
    void openMenu();
    void notifyEdited();
    QString emptyText(const FieldContext& context) const;  ///< what holds without columns
    QStringList left() const;  ///< fitting columns that are not chosen yet
    QStringList m_names;
    Schema m_columns;
    std::vector<Issue> m_issues;
    FlowLayout* m_chips;
    QLabel* m_none;
    QPushButton* m_add;
};

/// Whether a column's type fits ParamSpec::columnTypes.
bool typeFits(Type type, const std::string& columnTypes);

}  // namespace rw::ui
