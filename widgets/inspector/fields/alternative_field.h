// A duration that most users leave out: two choices, each with a line on its effect; the second one has
// the field.
#pragma once
#include "widgets/inspector/fields/param_field.h"

class QRadioButton;

namespace rw::ui {

class DurationField;

class AlternativeField final : public ParamField {
    Q_OBJECT
 public:
    explicit AlternativeField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }

 private:
    void choose(QRadioButton* chosen);  ///< null: neither
    QRadioButton *m_without, *m_with;
    DurationField* m_duration;
    QWidget* m_amount;  ///< the duration with its label
};

}  // namespace rw::ui
