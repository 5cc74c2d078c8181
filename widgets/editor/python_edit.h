// A field for Python: highlighting, line numbers, indentation. Tab indents by four blanks; Escape, then Tab
// leaves the field.
#pragma once
#include "widgets/editor/code_edit.h"

namespace rw::ui {

class PythonEdit : public CodeEdit {
    Q_OBJECT
 public:
    explicit PythonEdit(QWidget* parent = nullptr);
    /// Shows the text of another one, which must outlive it; what is typed in one stands in both.
    explicit PythonEdit(QTextDocument* shared, QWidget* parent = nullptr);

    /// As high as its text within these bounds; beyond the upper one it is scrolled.
    void setVisibleLines(int least, int most);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

 private:
    void begin();
    void beginLine();
    void indent(bool more);
    bool takeIndent();
    void showPair();

    int m_leastLines = 6, m_mostLines = 18;
    bool m_leaving = false;  ///< Escape was pressed last: the next Tab leaves
};

}  // namespace rw::ui
