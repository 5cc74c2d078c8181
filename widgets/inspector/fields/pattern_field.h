// A row pattern: its text, and beneath it the pattern as it is typed, as boxes and arrows.
#pragma once
#include "widgets/inspector/fields/param_field.h"

class QLabel;
class QScrollArea;

namespace rw::ui {

class PatternEdit;
class PatternView;

class PatternField final : public ParamField {
    Q_OBJECT
 public:
    explicit PatternField(const ParamSpec& spec);

    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    PatternEdit& edit() { return *m_edit; }
    const PatternView& view() const { return *m_view; }

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void draw();
    void fitHeight();

    PatternEdit* m_edit;
    QScrollArea* m_area;
    PatternView* m_view;
    QLabel* m_old;  ///< says that the drawing is of an earlier text
};

}  // namespace rw::ui
