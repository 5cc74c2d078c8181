// Fields that name columns of the input.
#pragma once
#include "widgets/inspector/fields/param_field.h"

class QComboBox;

namespace rw::ui {

class Chip;
class FlowLayout;

/// One column; columns of types that do not fit are not offered, but any name may be typed.
class ColumnField final : public ParamField {
    Q_OBJECT
 public:
    explicit ColumnField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;

 private:
    void tell(const QString& text);
    QComboBox* m_list;
};

/// Several columns in order: a chip each, and a list to add another.
class ColumnsField final : public ParamField {
    Q_OBJECT
 public:
    explicit ColumnsField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }

 private:
    void rebuild();
    void tell();
    QStringList m_names;
    Schema m_columns;
    std::vector<Issue> m_issues;
    FlowLayout* m_chips;
    QComboBox* m_add;
};

/// Whether a column's type fits ParamSpec::columnTypes.
bool typeFits(Type type, const std::string& columnTypes);

}  // namespace rw::ui
