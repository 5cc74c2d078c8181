// A condition: the expression editor with the input's columns to complete from.
#pragma once
#include "widgets/inspector/fields/param_field.h"

namespace rw::ui {

class ExpressionEdit;

class ExpressionField final : public ParamField {
    Q_OBJECT
 public:
    explicit ExpressionField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    ExpressionEdit& edit() { return *m_edit; }

 private:
    ExpressionEdit* m_edit;
};

}  // namespace rw::ui
