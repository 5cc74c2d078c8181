// The text of a row pattern: its variables in the colours of the drawing, and a wavy line under an error.
#pragma once
#include "widgets/editor/code_edit.h"
#include "widgets/editor/sql_highlighter.h"

namespace rw::ui {

class PatternHighlighter;

class PatternEdit : public CodeEdit {
    Q_OBJECT
 public:
    explicit PatternEdit(QWidget* parent = nullptr);
    void setErrorRanges(std::vector<ErrorRange> ranges);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void keyPressEvent(QKeyEvent* event) override;

 private:
    PatternHighlighter* m_highlighter;
};

}  // namespace rw::ui
