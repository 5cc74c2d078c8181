// A grid of values typed by hand; its columns are those of the parameter `columns`.
#pragma once
#include "widgets/inspector/fields/param_field.h"

class QTableWidget;

namespace rw::ui {

class RowsField final : public ParamField {
    Q_OBJECT
 public:
    explicit RowsField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }

 private:
    void notifyEdited();
    Json cell(int row, int column) const;
    Schema m_columns;
    QTableWidget* m_grid;
    bool m_showing = false;
};

}  // namespace rw::ui
