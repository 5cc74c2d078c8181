// The aggregates of a window as a table: function, column, name of the result.
#pragma once
#include "widgets/inspector/fields/aggregate_row.h"
#include "widgets/inspector/fields/param_field.h"

class QVBoxLayout;

namespace rw::ui {

class AggregatesField final : public ParamField {
    Q_OBJECT
 public:
    explicit AggregatesField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    QWidget* headTool() override { return m_add; }

 private:
    void addRow(const std::string& text);
    void drop(AggregateRow* row);  ///< without telling
    void removeRow(AggregateRow* row);
    void notifyEdited();

    Schema m_columns;
    AggregateColumns m_offered;  ///< in all rows
    std::vector<std::string> m_keys;
    std::string m_number;  ///< the first column to compute with, as SQL; may be empty
    std::vector<AggregateRow*> m_rows;
    QVBoxLayout* m_table;
    QWidget* m_frame;
    QPushButton* m_add;
};

}  // namespace rw::ui
